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

    /// <summary>When; null for a decision recorded before instants were.</summary>
    public Instant? At { get; init; }

    /// <summary>Who decided; see <see cref="Dossiers.Actor"/>. The guichet itself only where its campaign says so.</summary>
    public required string By { get; init; }

    /// <summary>The committee session that decided; null where none did.</summary>
    public string? Session { get; init; }

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
    /// <summary>The support that comes with the money; empty where there is none.</summary>
    public ImmutableArray<Support> Support { get; init; } = [];
}

/// <summary>Support granted beside the money.</summary>
/// <param name="Kind">Of what kind.</param>
/// <param name="What">What exactly, for people.</param>
/// <param name="Contact">Who at the programme gives it; null until somebody is named.</param>
/// <param name="State">How far it is.</param>
public sealed record Support(SupportKind Kind, string What, string? Contact, SupportState State)
{
    /// <summary>As letters and tables say it.</summary>
    [JsonIgnore]
    public string InFrench =>
        $"{KindInFrench} : {What}{(Contact is null ? "" : $" (contact : {Contact})")}{State switch { SupportState.EnCours => ", en cours", SupportState.Rendu => ", rendu", _ => "" }}";

    private string KindInFrench => Kind switch
    {
        SupportKind.Juridique => "cadre juridique",
        SupportKind.Infrastructure => "infrastructure sécurisée",
        _ => "ressources humaines",
    };
}

/// <summary>The kinds of support. The names are those that the programme uses.</summary>
public enum SupportKind
{
    /// <summary>The legal frame.</summary>
    Juridique,

    /// <summary>Secure infrastructure.</summary>
    Infrastructure,

    /// <summary>People: data science, engineering, governance, visualisation.</summary>
    Rh,
}

/// <summary>How far a support is.</summary>
public enum SupportState
{
    /// <summary>Granted, to come.</summary>
    Prevu,

    /// <summary>Being given.</summary>
    EnCours,

    /// <summary>Given.</summary>
    Rendu,
}
