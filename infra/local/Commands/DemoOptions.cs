using System.Globalization;

namespace Guichet.Local.Commands;

/// <summary>What the demonstration was asked for.</summary>
internal sealed record DemoOptions
{
    public const string Usage = "Usage : dotnet run --project infra/local -- [--once] [--fresh] [--port N]";

    /// <summary>The first of nine ports in a row.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>End when the samples are through, with a verdict, in place of staying up.</summary>
    public bool Once { get; init; }

    /// <summary>Forget what an earlier start left.</summary>
    public bool Fresh { get; init; }

    public static DemoOptions Read(string[] args)
    {
        var options = new DemoOptions();
        var words = new Queue<string>(args is ["demo", ..] ? args[1..] : args);
        while (words.TryDequeue(out var word))
        {
            options = word switch
            {
                "--once" => options with { Once = true },
                "--fresh" => options with { Fresh = true },
                "--port" => options with { Port = ReadPort(words) },
                _ => throw new LocalProblemException($"Option inconnue : « {word} ». {Usage}"),
            };
        }

        return options;
    }

    private static int ReadPort(Queue<string> words) =>
        words.TryDequeue(out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue - LocalOptions.PortsUsed
            ? port
            : throw new LocalProblemException($"--port attend un numéro de port entre 1 et {ushort.MaxValue - LocalOptions.PortsUsed}. {Usage}");
}
