using Spectre.Console;

namespace Guichet.Local.Commands;

/// <summary>What commands print: plain lines where nobody watches.</summary>
internal static class Say
{
    /// <summary>Does a person look at a terminal?</summary>
    public static bool IsLive { get; } =
        !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi && Environment.GetEnvironmentVariable("CI") is null or "" or "false";

    /// <summary>A line as it is: what people copy from it, an address or a connection string, must not be folded.</summary>
    public static void Line(string text = "") => Console.WriteLine(text);

    public static void Step(string text) => AnsiConsole.MarkupLine($"[bold]»[/] {text.EscapeMarkup()}");

    public static void Title(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine($"[bold underline]{text.EscapeMarkup()}[/]");
    }
}
