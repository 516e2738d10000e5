using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guichet.Pages;

/// <summary>
/// Renders pages on the server, whole: no script, no image, nothing from elsewhere. What comes from data is encoded by Razor wherever it stands.
/// </summary>
public static class PageRenderer
{
    private static readonly ServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    /// <summary>The one style sheet, that stands in every page.</summary>
    internal static string Style { get; } = ReadStyle();

    /// <summary>What a browser may load for a page: nothing but its own style.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>A page as HTML.</summary>
    /// <typeparam name="TPage">The component that is the page.</typeparam>
    /// <param name="parameters">Its parameters by name.</param>
    public static async Task<string> Render<TPage>(params (string Name, object? Value)[] parameters) where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(Services, NullLoggerFactory.Instance);
        var view = ParameterView.FromDictionary(parameters.ToDictionary(one => one.Name, one => one.Value));
        return await renderer.Dispatcher.InvokeAsync(async () => "<!DOCTYPE html>\n" + (await renderer.RenderComponentAsync<TPage>(view)).ToHtmlString());
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(PageRenderer).Assembly.GetManifestResourceStream("page.css")!);
        return reader.ReadToEnd();
    }
}
