using System.Globalization;
using Guichet.Functions.Access;
using Guichet.Mail;
using Guichet.Storage;
using Microsoft.Extensions.Configuration;

namespace Guichet.Functions;

/// <summary>The app's own settings, read once and refused at start where they cannot serve. README.md explains each.</summary>
public sealed record GuichetSettings
{
    /// <summary>Shift of the clock; zero but in Development.</summary>
    public required TimeSpan ClockOffset { get; init; }

    /// <summary>How long a step's promises may take before they are looked at again.</summary>
    public required TimeSpan Allowance { get; init; }

    /// <summary>How long the malware scan's verdict on a file is awaited before the file is left closed; zero where uploads are not scanned.</summary>
    public required TimeSpan MalwareWait { get; init; }

    /// <summary>How storage is waited for.</summary>
    public required StoragePatience Patience { get; init; }

    /// <summary>The address of the API as porteurs see it.</summary>
    public required Uri PublicUri { get; init; }

    /// <summary>The mail server.</summary>
    public required MailSettings Mail { get; init; }

    /// <summary>Who of the programme signs in, and how.</summary>
    public required StaffSettings Staff { get; init; }

    /// <summary>Whether endpoints that exist for tests and demonstrations answer.</summary>
    public required bool IsDevelopment { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">One is missing, or cannot serve here.</exception>
    public static GuichetSettings Of(IConfiguration configuration, bool isDevelopment)
    {
        var guichet = configuration.GetSection("Guichet");
        var offset = Span(guichet["Clock:Offset"] ?? "00:00:00", "Guichet__Clock__Offset");
        if (offset != TimeSpan.Zero && !isDevelopment)
        {
            throw new InvalidOperationException("Le réglage Guichet__Clock__Offset n’est admis qu’en développement : retirez-le.");
        }

        return new GuichetSettings
        {
            ClockOffset = offset,
            Allowance = Span(guichet["Due:Allowance"] ?? "00:10:00", "Guichet__Due__Allowance"),
            MalwareWait = Span(guichet["Malware:Wait"] ?? "00:00:00", "Guichet__Malware__Wait"),
            Patience = new StoragePatience(
                Span(guichet["Storage:Delay"] ?? "00:00:00.8", "Guichet__Storage__Delay"), Span(guichet["Storage:Timeout"] ?? "00:00:30", "Guichet__Storage__Timeout")),
            PublicUri = new Uri(Required(guichet, "PublicUri")),
            IsDevelopment = isDevelopment,
            Staff = StaffSettings.Of(guichet.GetSection("Staff"), isDevelopment),
            Mail = new MailSettings
            {
                Host = Required(guichet, "Mail:Host"),
                Port = int.Parse(guichet["Mail:Port"] ?? "587", CultureInfo.InvariantCulture),
                StartTls = bool.Parse(guichet["Mail:StartTls"] ?? "true"),
                User = guichet["Mail:User"] is { Length: > 0 } user ? user : null,
                Password = guichet["Mail:Password"],
                From = Required(guichet, "Mail:From"),
            },
        };
    }

    private static TimeSpan Span(string text, string name) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
        ? span
        : throw new InvalidOperationException($"Le réglage {name} vaut « {text} » : il faut une durée comme 00:10:00.");

    private static string Required(IConfigurationSection guichet, string name) => guichet[name] is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"Le réglage Guichet__{name.Replace(":", "__", StringComparison.Ordinal)} manque.");
}
