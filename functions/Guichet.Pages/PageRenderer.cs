using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guichet.Pages;

/// <summary>
/// Renders pages on the server, whole: no image, nothing from elsewhere, and a script only where a page sends something that a form cannot. What comes from
/// data is encoded by Razor wherever it stands.
/// </summary>
public static class PageRenderer
{
    private static readonly ServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    /// <summary>The one style sheet, that stands in every page.</summary>
    internal static string Style { get; } = Read("page.css");

    /// <summary>The one script, that stands in the pages that send JSON or files.</summary>
    internal static string Script { get; } = Read("page.js");

    /// <summary>What a browser may load for a page: nothing but its own style.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src {HashOf(Style)}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The same for a page with the script, which talks to the guichet and, where files are sent, to storage.</summary>
    /// <param name="storage">The address of the account that files are sent to; null where none are.</param>
    public static string ScriptedContentSecurityPolicy(Uri? storage) =>
        $"{ContentSecurityPolicy}; script-src {HashOf(Script)}; connect-src 'self'{(storage is null ? "" : $" {storage.GetLeftPart(UriPartial.Authority)}")}";

    /// <summary>A page as HTML.</summary>
    /// <typeparam name="TPage">The component that is the page.</typeparam>
    /// <param name="parameters">Its parameters by name.</param>
    public static async Task<string> Render<TPage>(params (string Name, object? Value)[] parameters) where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(Services, NullLoggerFactory.Instance);
        var view = ParameterView.FromDictionary(parameters.ToDictionary(one => one.Name, one => one.Value));
        return await renderer.Dispatcher.InvokeAsync(async () => "<!DOCTYPE html>\n" + (await renderer.RenderComponentAsync<TPage>(view)).ToHtmlString());
    }

    private static string HashOf(string source) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(source)))}'";

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PageRenderer).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
