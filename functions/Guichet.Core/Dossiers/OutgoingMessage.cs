using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Guichet.Core.Dossiers;

/// <summary>The queues between the stages.</summary>
public enum QueueName
{
    /// <summary>Dossiers that were closed.</summary>
    Eligibility,

    /// <summary>Dossiers that are eligible.</summary>
    Scoring,

    /// <summary>Dossiers that may lack a reviewer.</summary>
    Assignment,

    /// <summary>Dossiers that gave up what the committee gave them.</summary>
    Committee,

    /// <summary>Dossiers whose row for the office is behind.</summary>
    Projection,

    /// <summary>Letters to be sent.</summary>
    Mail,
}

/// <summary>A message that a step promises.</summary>
/// <param name="Queue">Where to.</param>
/// <param name="Id">Unique for ever: <c>{dossier}/{version}/{purpose}</c>.</param>
/// <param name="Body">JSON of a <see cref="DossierMessage"/>, or of a <see cref="Letter"/> for the mail queue.</param>
public sealed record OutgoingMessage(QueueName Queue, string Id, string Body)
{
    /// <summary>What a receiver refuses if it does not know it: the schema of the body, and its version.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Whether a body of a version is read: this version's, and every earlier one's, which may be on their way while the app is upgraded.</summary>
    public static bool Reads(string? version) => int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= SchemaVersion;

    internal static OutgoingMessage About(Dossier dossier, QueueName queue)
    {
        var purpose = queue.ToString().ToLowerInvariant();
        return new(queue, IdOf(dossier, purpose), JsonSerializer.Serialize(new DossierMessage(dossier.Id, dossier.Version, purpose), GuichetJson.Options));
    }

    /// <param name="number">Tells the letters of one step apart: two recipients may be due the same.</param>
    internal static OutgoingMessage For(Dossier dossier, Letter letter, int number)
    {
        var purpose = string.Create(CultureInfo.InvariantCulture, $"mail-{number}-{letter.Key}");
        var promised = letter with { Promise = new DossierMessage(dossier.Id, dossier.Version, purpose) };
        return new(QueueName.Mail, IdOf(dossier, purpose), JsonSerializer.Serialize(promised, GuichetJson.Options));
    }

    private static string IdOf(Dossier dossier, string purpose) => string.Create(CultureInfo.InvariantCulture, $"{dossier.Id}/{dossier.Version}/{purpose}");
}

/// <summary>A message that concerns one dossier, and the promise that its handler keeps.</summary>
/// <param name="Dossier">Which.</param>
/// <param name="Version">The version of the step that promised it.</param>
/// <param name="Purpose">Unique among the promises of that step.</param>
public sealed record DossierMessage(DossierId Dossier, long Version, string Purpose)
{
    /// <summary>Reads the body of a message.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static DossierMessage Parse(string body) => JsonSerializer.Deserialize<DossierMessage>(body, GuichetJson.Options) ?? throw new JsonException("Message vide.");
}

/// <summary>The kinds of letter.</summary>
public enum LetterKind
{
    /// <summary>To the porteur: the dossier was received.</summary>
    Acknowledgement,

    /// <summary>To the porteur: what is missing, where and by when.</summary>
    CompletionRequest,

    /// <summary>To a reviewer: what waits.</summary>
    Digest,

    /// <summary>To the office: what is blocked, late, failed.</summary>
    OfficeDigest,

    /// <summary>To the porteur of a funded project: an impact report is due.</summary>
    Reminder,

    /// <summary>To the sponsor and the office: an impact report is long overdue.</summary>
    Escalation,

    /// <summary>To the porteur of a funded project: the agreement is signed, with its reports and payments.</summary>
    AgreementSigned,

    /// <summary>To the porteur of a funded project: the agreement was amended.</summary>
    AgreementAmended,

    /// <summary>To the porteur of a funded project: a file of a report came, what was read in it and what is asked.</summary>
    ReportReceived,

    /// <summary>To the porteur of a funded project: a part of the award is about to be paid.</summary>
    TrancheReleased,

    /// <summary>To the porteur of a funded project: the follow-up is over.</summary>
    ProjectClosed,

    /// <summary>To the porteur: the project is not taken, why, and what can be done.</summary>
    Refusal,

    /// <summary>To the porteur: the project is funded, with how much, and what comes next.</summary>
    Award,

    /// <summary>To the porteur: the project is funded if another one gives up.</summary>
    WaitingList,

    /// <summary>To the porteur: a new personal link to its dossier, that it asked for.</summary>
    DossierLink,

    /// <summary>To the office: a file of rules that it uploaded cannot run, and why.</summary>
    RulesRefused,
}

/// <summary>A letter to be written: one recipient, one purpose, one date, and so sent once. What it says is taken from the dossier when it leaves.</summary>
public sealed record Letter
{
    /// <summary>What it is.</summary>
    public required LetterKind Kind { get; init; }

    /// <summary>The address that it goes to.</summary>
    public required string Recipient { get; init; }

    /// <summary>The day that it is of.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>The campaign's id.</summary>
    public required string Campaign { get; init; }

    /// <summary>The dossiers that it speaks of: one, but for a digest; none where it is about the campaign.</summary>
    public required ImmutableArray<DossierId> Dossiers { get; init; }

    /// <summary>Tells letters of one kind and date apart: the round of a completion, the milestone and reminder.</summary>
    public string? About { get; init; }

    /// <summary>What it says where that stands in no dossier: sentences in French.</summary>
    public ImmutableArray<string> Says { get; init; } = [];

    /// <summary>When its recipient was told before: what happened since is news; null for never.</summary>
    public Instant? Since { get; init; }

    /// <summary>The promise that sending it keeps; null for a letter that no single dossier promised.</summary>
    public DossierMessage? Promise { get; init; }

    /// <summary>Purpose and date, and what it is about where it is about one dossier: with the recipient, what makes it this letter and no other.</summary>
    [JsonIgnore]
    public string Key
    {
        get
        {
            var kind = JsonNamingPolicy.KebabCaseLower.ConvertName(Kind.ToString());
            var purpose = About is null ? kind : $"{kind}-{About}";
            var subject = Kind is LetterKind.Digest or LetterKind.OfficeDigest || Dossiers.IsEmpty ? Campaign : string.Join('+', Dossiers);
            return string.Create(CultureInfo.InvariantCulture, $"{purpose}|{Date:uuuu-MM-dd}|{subject}");
        }
    }
}
