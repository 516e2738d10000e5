using System.Collections.Immutable;
using NodaTime;

namespace Guichet.Core.Campaigns;

/// <summary>A person who reads and scores dossiers.</summary>
/// <param name="Id">Named by the journal and by exports, which hold no personal data; unique within the campaign.</param>
/// <param name="Name">For people.</param>
/// <param name="Email">Where digests go, and the name under which the person signs in.</param>
public sealed record Reviewer(string Id, string Name, string Email)
{
    /// <summary>The person's own administration: a dossier of the same body is a conflict of interest.</summary>
    public string? Body { get; init; }

    /// <summary>The ministry that the body belongs to: a dossier of the same ministry is a conflict of interest.</summary>
    public string? Ministry { get; init; }

    /// <summary>Project types that the person is at home in; a preference, not a bound.</summary>
    public ImmutableArray<string> Specialities { get; init; } = [];
}

/// <summary>How dossiers are instructed. Defaults are ours, but for the spreads, which the programme's domain gives.</summary>
/// <param name="ReviewersPerDossier">How many people score a dossier, before any arbitration.</param>
/// <param name="MainCriterionSpread">Levels on the main criterion; two reviewers further apart ask for a third.</param>
/// <param name="TotalSpread">Points; two reviewers further apart ask for a third.</param>
/// <param name="Days">Days from the assignment within which a review is awaited.</param>
public sealed record ReviewRules(int ReviewersPerDossier = 2, decimal MainCriterionSpread = 1, decimal TotalSpread = 15, int Days = 21);

/// <summary>When reviewers are told what waits for them.</summary>
public sealed record DigestRules
{
    /// <summary>From when, local time.</summary>
    public LocalTime At { get; init; } = new(7, 30);

    /// <summary>On which days; a public holiday is none of them.</summary>
    public ImmutableArray<IsoDayOfWeek> Days { get; init; } = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    /// <summary>Over how many minutes a day's digests leave, so that a mail server is not given them all at once; each reviewer has a minute of its own.</summary>
    public int WindowMinutes { get; init; } = 30;
}

/// <summary>Who decides, and by which stages.</summary>
public sealed record CommitteeRules
{
    /// <summary>The committee's standing members, for its minutes.</summary>
    public ImmutableArray<CommitteeMember> Members { get; init; } = [];
}

/// <summary>A member of the committee.</summary>
/// <param name="Id">Named by the journal, which holds no personal data; unique within the campaign.</param>
/// <param name="Name">For the minutes.</param>
/// <param name="Body">The member's own administration.</param>
public sealed record CommitteeMember(string Id, string Name, string? Body = null);

/// <summary>Where public holidays are looked up.</summary>
public enum HolidayZone
{
    /// <summary>Metropolitan France.</summary>
    Metropole,

    /// <summary>Bas-Rhin, Haut-Rhin and Moselle: Good Friday and 26 December as well.</summary>
    AlsaceMoselle,

    /// <summary>Guadeloupe: the abolition of slavery on 27 May.</summary>
    Guadeloupe,

    /// <summary>French Guiana: 10 June.</summary>
    Guyane,

    /// <summary>Martinique: 22 May.</summary>
    Martinique,

    /// <summary>Mayotte: 27 April.</summary>
    Mayotte,

    /// <summary>La Réunion: 20 December.</summary>
    Reunion,
}
