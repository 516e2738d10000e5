using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Guichet.Core.Deposit;
using Xunit;

namespace Guichet.Pipeline.Tests.Injection;

/// <summary>Text of a stranger who tries everything at once, put into every text of a value.</summary>
internal static class Hostile
{
    public const string Script = "<script>alert(1)</script>";

    public const string Text = "=1+1\r\nBcc: espion@exemple.fr\r\n\r\n" + Script
        + "<img src=x onerror=alert(1)>\"'><a href=\"javascript:alert(1)\">x</a></style></title></textarea>--> [x](javascript:alert(1)) <javascript:alert(1)> ![i](http://piege.exemple/i.png)\n# Titre\n{{ office.email }}{% assign a = 1 %} \u202Egnp.exe";

    /// <summary>What is called so is an id of ours, and no text of anybody's.</summary>
    private static readonly HashSet<string> OursAlone = new(StringComparer.Ordinal)
    {
        "Campaign", "CampaignVersion", "Criterion", "ETag", "Field", "Id", "Reviewer", "Rule", "Slot", "Slots", "Subcriterion", "TokenHash", "Version", "Members", "By",
    };

    /// <summary>The value with <see cref="Text"/> in place of every text in it, however deep; texts that are not given stay so.</summary>
    public static T Everywhere<T>(T value) where T : notnull => (T)In(value);

    private static object In(object value) => value switch
    {
        string => Text,
        Field or JsonElement => value,
        _ when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) => InList(value, type.GenericTypeArguments[0]),
        _ when value.GetType().GetMethod("<Clone>$") is { } clone => InRecord(value, clone),
        _ => value,
    };

    private static object InList(object list, Type element)
    {
        var items = ((System.Collections.IEnumerable)list).Cast<object>().Select(In).ToArray();
        var typed = Array.CreateInstance(element, items.Length);
        items.CopyTo(typed, 0);
        return typeof(ImmutableArray).GetMethods().Single(one => one.Name == nameof(ImmutableArray.Create) && one.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element).Invoke(null, [typed])!;
    }

    private static object InRecord(object record, MethodInfo clone)
    {
        var copy = clone.Invoke(record, null)!;
        foreach (var property in copy.GetType().GetProperties().Where(one => one.CanWrite && !OursAlone.Contains(one.Name)))
        {
            if (property.GetValue(copy) is { } value && value is not ImmutableArray<string> { IsDefault: true })
            {
                property.SetValue(copy, In(value));
            }
        }

        return copy;
    }

    /// <summary>Asserts that a page in which everything is hostile has the elements of the plain one and no other, and does nothing that the plain one does not.</summary>
    public static void IsText(string plain, string hostile)
    {
        var (before, after) = (Parse(plain), Parse(hostile));
        Assert.Equal(Shape(before), Shape(after));
        Assert.Equal(before.QuerySelectorAll("script, style").Select(one => one.TextContent), after.QuerySelectorAll("script, style").Select(one => one.TextContent));
        foreach (var attribute in after.All.SelectMany(element => element.Attributes))
        {
            Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), $"{attribute.Name}=\"{attribute.Value}\"");
            if (attribute.Name is "href" or "src" or "action" or "formaction" or "data-path")
            {
                Assert.Matches("^(/|#|\\?|mailto:|https?://(127\\.0\\.0\\.1[:/]|guichet\\.exemple\\.gouv\\.fr/))", attribute.Value);
            }
        }
    }

    public static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static List<string> Shape(IDocument document) =>
        [.. document.All.Select(element => $"{element.LocalName} {string.Join(' ', element.Attributes.Select(attribute => attribute.Name).Order(StringComparer.Ordinal))}".Trim())];
}
