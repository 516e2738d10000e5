using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Core.Campaigns;

/// <summary>
/// One version of a guichet's rules, as data. A dossier keeps the version that was in force at its deposit, so a version that has served is
/// never changed: a new one takes effect at a later date.
/// </summary>
public sealed record Campaign
{
    /// <summary>Where an editor finds the schema of this document; the guichet does not read it.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Lower-case letters, digits and dashes, 3 to 40; stands in addresses and blob names.</summary>
    public required string Id { get; init; }

    /// <summary>The name of this version, unique within the campaign.</summary>
    public required string Version { get; init; }

    /// <summary>The first day on which a deposit falls under this version.</summary>
    public required LocalDate Effect { get; init; }

    /// <summary>What people call the guichet.</summary>
    public required string Name { get; init; }

    /// <summary>The zone, of the IANA database, in which dates of this campaign are meant.</summary>
    public string TimeZone { get; init; } = "Europe/Paris";

    /// <summary>Where the public holidays are those of this campaign's working days.</summary>
    public HolidayZone Holidays { get; init; }

    /// <summary>When dossiers may be deposited, in local time, both ends included.</summary>
    public required ImmutableArray<Period> Periods { get; init; }

    /// <summary>What the programme can give, and for what.</summary>
    public required AmountRules Amounts { get; init; }

    /// <summary>Who may apply beside the administrations of the State.</summary>
    public required ApplicantRules Applicants { get; init; }

    /// <summary>The kinds of project, each with the indicators that it must have.</summary>
    public required ImmutableArray<ProjectType> Types { get; init; }

    /// <summary>The indicators that the types name.</summary>
    public ImmutableArray<CampaignIndicator> Indicators { get; init; } = [];

    /// <summary>What a dossier must hold.</summary>
    public required ImmutableArray<RequiredPiece> Pieces { get; init; }

    /// <summary>The commitments of quality that each dossier answers, by field id.</summary>
    public ImmutableArray<string> Commitments { get; init; } = [];

    /// <summary>Months from the start within which a first impact is expected; null where the campaign expects none.</summary>
    public int? FirstImpactMonths { get; init; }

    /// <summary>Whether a deployment strategy must be stated.</summary>
    public bool AsksForDeployment { get; init; }

    /// <summary>How large and how many the files may be.</summary>
    public FileLimits Files { get; init; } = new();

    /// <summary>How long people have.</summary>
    public Delays Delays { get; init; } = new();

    /// <summary>The criteria of selection and the evidence that each rests on.</summary>
    public required ImmutableArray<Criterion> Criteria { get; init; }

    /// <summary>Who reads the dossiers.</summary>
    public ImmutableArray<Reviewer> Reviewers { get; init; } = [];

    /// <summary>How dossiers are instructed.</summary>
    public ReviewRules Review { get; init; } = new();

    /// <summary>When reviewers are told.</summary>
    public DigestRules Digests { get; init; } = new();

    /// <summary>Who decides, and by which stages.</summary>
    public CommitteeRules Committee { get; init; } = new();

    /// <summary>What follows an agreement.</summary>
    public FollowUpRules FollowUp { get; init; } = new();

    /// <summary>How long personal data is kept.</summary>
    public RetentionRules Retention { get; init; } = new();

    /// <summary>Whether a refusal that the rules propose stands without a person's confirmation.</summary>
    public bool RefusesByItself { get; init; }

    /// <summary>Who answers for the guichet; its name and address stand in every mail.</summary>
    public required Office Office { get; init; }

    /// <summary>The campaign's own letters, by kind; the guichet's where it has none.</summary>
    public ImmutableDictionary<LetterKind, LetterWording> Letters { get; init; } = ImmutableDictionary<LetterKind, LetterWording>.Empty;

    /// <summary>What letters say in law and by usage.</summary>
    public CampaignWording Wording { get; init; } = new();

    /// <summary>The words of the campaign's own form.</summary>
    public FormWords Form { get; init; } = FormWords.None;

    /// <summary>
    /// The types of an application's project. A guichet for one kind of project does not ask for it, so that its type is understood; in any other
    /// it is empty where the application names none of the campaign's.
    /// </summary>
    public ImmutableArray<ProjectType> TypesOf(GrantApplication application) => application.Find(Fields.ProjectTypes)?.Value is { IsEmpty: false } stated
        ? [.. Types.Where(type => stated.Contains(type.Id))]
        : Types.Length == 1 ? Types : [];

    /// <summary>The zone that <see cref="TimeZone"/> names.</summary>
    [JsonIgnore]
    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[TimeZone];

    /// <summary>The day that an instant falls on for this campaign.</summary>
    public LocalDate DateOf(Instant instant) => instant.InZone(Zone).Date;

    /// <summary>Whether a dossier may be deposited at an instant.</summary>
    public bool IsOpenAt(Instant instant)
    {
        var local = instant.InZone(Zone).LocalDateTime;
        return Periods.Any(period => period.Opens <= local && local <= period.Closes);
    }
}

/// <summary>A span of local time, both ends included.</summary>
public sealed record Period(LocalDateTime Opens, LocalDateTime Closes);

/// <summary>The money rules of a campaign.</summary>
public sealed record AmountRules
{
    /// <summary>What the awards of the campaign may add up to; null where the office keeps no envelope here.</summary>
    public Euros? Envelope { get; init; }

    /// <summary>Lowest total cost, all taxes included; null where there is none.</summary>
    public Euros? MinimumTotal { get; init; }

    /// <summary>Highest total cost, all taxes included; null where there is none.</summary>
    public Euros? MaximumTotal { get; init; }

    /// <summary>What a total out of bounds means: a refusal is proposed, or the reviewers are told.</summary>
    public OutOfBounds OutOfBounds { get; init; } = OutOfBounds.Blocking;

    /// <summary>The largest share of the eligible base that the programme pays, between 0 and 1.</summary>
    public required decimal Rate { get; init; }

    /// <summary>Lowest eligible base; null where there is none.</summary>
    public Euros? MinimumBase { get; init; }

    /// <summary>Lowest co-financing that can be requested; null where there is none.</summary>
    public Euros? MinimumRequest { get; init; }

    /// <summary>Budget categories that the eligible base leaves out.</summary>
    public ImmutableArray<string> ExcludedCategories { get; init; } = [];
}

/// <summary>What follows from a total cost out of bounds.</summary>
public enum OutOfBounds
{
    /// <summary>A refusal is proposed.</summary>
    Blocking,

    /// <summary>The reviewers are told: the size is what the programme expects, not what it demands.</summary>
    Reserve,
}

/// <summary>The lists that come before the legal category in judging who may apply. Nine digits each.</summary>
public sealed record ApplicantRules
{
    /// <summary>The State's operators and other bodies that the campaign accepts, whatever their legal form.</summary>
    public ImmutableArray<string> Operators { get; init; } = [];

    /// <summary>Bodies that the campaign does not take.</summary>
    public ImmutableArray<string> Excluded { get; init; } = [];

    /// <summary>Bodies known to have ceased.</summary>
    public ImmutableArray<string> Closed { get; init; } = [];
}

/// <summary>A kind of project.</summary>
/// <param name="Id">Named by dossiers, criteria and exports.</param>
/// <param name="Label">For people.</param>
/// <param name="Indicators">Each must hold.</param>
public sealed record ProjectType(string Id, string Label, ImmutableArray<IndicatorRule> Indicators)
{
    /// <summary>Where what the project shares is to be listed; empty where it shares nothing.</summary>
    public ImmutableArray<ListingRule> Listing { get; init; } = [];
}

/// <summary>A commitment to list what is shared, for a way of sharing that an indicator shows.</summary>
/// <param name="Indicator">The indicator by which this way of sharing is recognised.</param>
/// <param name="Commitment">The field of the commitment.</param>
/// <param name="Label">What is to be listed where, for people: <c>l’API sur api.gouv.fr</c>.</param>
public sealed record ListingRule(string Indicator, string Commitment, string Label);

/// <summary>Which indicators a dossier must have.</summary>
/// <param name="Kind">How many of them.</param>
/// <param name="Codes">Of the campaign's indicators; empty for <see cref="IndicatorRuleKind.Own"/>.</param>
public sealed record IndicatorRule(IndicatorRuleKind Kind, ImmutableArray<string> Codes);

/// <summary>How many of a rule's indicators are wanted.</summary>
public enum IndicatorRuleKind
{
    /// <summary>Every one.</summary>
    AllOf,

    /// <summary>One or more.</summary>
    AtLeastOneOf,

    /// <summary>At least one of the applicant's own choosing.</summary>
    Own,
}

/// <summary>An indicator that the campaign defines.</summary>
public sealed record CampaignIndicator(string Code, string Name);

/// <summary>A piece that a dossier must hold, and how it is recognised among the files.</summary>
/// <param name="Id">Named by findings.</param>
/// <param name="Label">For people.</param>
/// <param name="Fields">A piece that states one of these fields is the one.</param>
/// <param name="Names">So is a piece whose file name holds one of these words, case and accents aside.</param>
public sealed record RequiredPiece(string Id, string Label, ImmutableArray<string> Fields, ImmutableArray<string> Names);

/// <summary>Bounds on what a dossier may hold.</summary>
/// <param name="LargestFile">Bytes; 50 MiB by default.</param>
/// <param name="LargestDossier">Bytes; 200 MiB by default.</param>
/// <param name="MostFiles">How many files; every one is a row of the dossier's partition.</param>
public sealed record FileLimits(long LargestFile = 50L << 20, long LargestDossier = 200L << 20, int MostFiles = 40);

/// <summary>How long people have. Defaults are ours, not the programme's.</summary>
/// <param name="CompletionDays">Days to complete a dossier that lacks something.</param>
/// <param name="QuietHours">A deposit to which nothing has come for so long is closed for its porteur.</param>
/// <param name="SlotHours">How long an upload address works.</param>
public sealed record Delays(int CompletionDays = 30, int QuietHours = 12, int SlotHours = 24);

/// <summary>How long personal data is kept: published with the rules, and what erasure goes by. The default is ours, not the programme's.</summary>
/// <param name="PersonalDataMonths">Months after a dossier is over: refused, withdrawn or closed, or abandoned when the campaign has ended; see <see cref="Operations.Retention"/>.</param>
public sealed record RetentionRules(int PersonalDataMonths = 60);

/// <summary>The programme office.</summary>
public sealed record Office(string Name, string Email);

/// <summary>What follows an agreement's signature. Defaults are ours, not the programme's.</summary>
public sealed record FollowUpRules
{
    /// <summary>Months between two impact reports.</summary>
    public int MilestoneMonths { get; init; } = 6;

    /// <summary>
    /// Up to this request, and up to one milestone's length, the award is paid once, with a final report alone; beyond either, in tranches.
    /// </summary>
    public Euros SinglePaymentUpTo { get; init; } = Euros.From(200_000);

    /// <summary>Months from the project's end to its final report.</summary>
    public int FinalReportMonths { get; init; } = 3;

    /// <summary>Above this amount two people of the office release a tranche.</summary>
    public Euros TwoPeopleAbove { get; init; } = Euros.From(100_000);

    /// <summary>How far from the straight line to its target an indicator may be and still be on it, as a share of the way.</summary>
    public decimal Tolerance { get; init; } = 0.10m;

    /// <summary>A value that moves by more than so many times the way from baseline to target is asked about.</summary>
    public decimal ImplausibleJump { get; init; } = 1.5m;

    /// <summary>When reminders leave, local time, on a working day.</summary>
    public LocalTime RemindersAt { get; init; } = new(9, 0);

    /// <summary>The reminders of each milestone.</summary>
    public ImmutableArray<ReminderRule> Reminders { get; init; } =
    [
        new("j-30", -30), new("j-7", -7), new("j+1", 1), new("j+15", 15), new("j+30", 30, Escalation: true),
    ];
}

/// <summary>A reminder of an impact report.</summary>
/// <param name="Id">Unique within the campaign.</param>
/// <param name="Days">From the date on which the report is due; negative before it.</param>
/// <param name="Escalation">Goes to the sponsor and the office as well, and is never skipped.</param>
public sealed record ReminderRule(string Id, int Days, bool Escalation = false);
