using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;

namespace Guichet.Core.Review;

/// <summary>What was decided of a dossier by whoever may decide: the last word and, through it, those before.</summary>
public sealed record Decision
{
    /// <summary>What was decided.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>Why, in the words of whoever decided; null where the rules' own findings say it. The porteur reads it.</summary>
    public string? Reason { get; init; }

    /// <summary>What is given; null where nothing is.</summary>
    public Award? Award { get; init; }

    /// <summary>The day, in the campaign's zone.</summary>
    public required LocalDate DecidedOn { get; init; }

    /// <summary>Who decided; see <see cref="Dossiers.Actor"/>. The guichet itself only where its campaign says so.</summary>
    public required string By { get; init; }

    /// <summary>The decision that this one comes after; null for the first.</summary>
    public Decision? Previous { get; init; }

    /// <summary>Whether its porteur was told: not where a refusal was overruled or taken back, for then the dossier goes on.</summary>
    [JsonIgnore]
    public bool IsTold => Outcome is not (DecisionOutcome.Recevable or DecisionOutcome.Rouvert);
}

/// <summary>What can be decided of a dossier. The names are those that the programme uses.</summary>
public enum DecisionOutcome
{
    /// <summary>The project does not meet the conditions.</summary>
    Irrecevable,

    /// <summary>A refusal that the rules proposed was overruled: the dossier goes on.</summary>
    Recevable,

    /// <summary>A refusal was taken back: the dossier is examined again.</summary>
    Rouvert,

    /// <summary>The project is funded.</summary>
    Laureat,

    /// <summary>The project is funded if another one gives up.</summary>
    ListeComplementaire,

    /// <summary>The project is not funded.</summary>
    Refuse,
}

/// <summary>What the programme gives to a project.</summary>
/// <param name="Amount">Co-financing awarded.</param>
/// <param name="EligibleBase">The expenses that it is a share of, all taxes included.</param>
public sealed record Award(Euros Amount, Euros EligibleBase)
{
    /// <summary>The support that comes with the money, in words for people; empty where there is none.</summary>
    public ImmutableArray<string> Support { get; init; } = [];
}
