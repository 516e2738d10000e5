using System.Collections.Immutable;
using System.Text.Json;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Core.Review;

/// <summary>
/// How the treatment of a dossier came to what it says: degree and mode of contribution to the decision, data processed and their sources,
/// parameters and weights, operations carried out.
/// </summary>
/// <remarks>Source: code des relations entre le public et l’administration, R. 311-3-1-2.</remarks>
public sealed record Explanation
{
    /// <summary>The dossier.</summary>
    public required DossierId Dossier { get; init; }

    /// <summary>The campaign's id.</summary>
    public required string Campaign { get; init; }

    /// <summary>The version of the rules in force at the deposit, by which everything here was computed.</summary>
    public required string CampaignVersion { get; init; }

    /// <summary>The instant that the rules take for the deposit's.</summary>
    public required Instant Deposited { get; init; }

    /// <summary>What the treatment contributes to the decision, and how; one sentence each.</summary>
    public required ImmutableArray<string> Contribution { get; init; }

    /// <summary>The files that were read: the source of every value.</summary>
    public required ImmutableArray<ExplainedFile> Files { get; init; }

    /// <summary>What the rules together make of the dossier.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Each rule as it was recorded: verdict, what follows from it, the values that it was judged on and the place of each.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>Each criterion as it was recorded, with its weight; null where there is none, or where it is not to be told yet.</summary>
    public PreScore? PreScore { get; init; }

    /// <summary>How each criterion's level is computed; empty where no pre-score is told.</summary>
    public ImmutableArray<Criterion> Criteria { get; init; } = [];

    /// <summary>Where computing it all again from what is stored gives something else than was recorded, one sentence each. Empty, but for a fault of ours.</summary>
    public required ImmutableArray<string> Differences { get; init; }

    /// <summary>Explains a dossier; null where no closing was judged, or a later one waits to be.</summary>
    /// <param name="campaign">The version of the rules in force at the deposit.</param>
    public static Explanation? Of(Campaign campaign, Dossier dossier) => dossier is not { Closing: { } closing, Verdict: { } verdict, AwaitsEligibility: false } ? null : new()
    {
        Dossier = dossier.Id,
        Campaign = campaign.Id,
        CampaignVersion = campaign.Version,
        Deposited = closing.Deposited,
        Contribution =
        [
            campaign.RefusesByItself
                ? "Les règles de recevabilité sont appliquées automatiquement et suffisent à déclarer un dossier irrecevable."
                : "Les règles de recevabilité sont appliquées automatiquement ; elles proposent, et une personne confirme ou non toute irrecevabilité.",
            "La pré-notation est calculée automatiquement ; elle aide les instructeurs à lire le dossier et ne décide rien.",
        ],
        Files = [.. dossier.PiecesTaken.Select(piece => new ExplainedFile(piece.FileName, piece.Received?.Sha256, piece.Received?.At))],
        Outcome = verdict.Outcome,
        Findings = verdict.Findings,
        PreScore = dossier.PreScore,
        Criteria = dossier.PreScore is null ? [] : campaign.Criteria,
        Differences = [.. DifferencesOf(campaign, dossier, verdict)],
    };

    /// <summary>
    /// What its porteur may know of it: all, save that the pre-score is told once the dossier is decided (until then it prepares a decision: CRPA, L. 311-2).
    /// </summary>
    public Explanation ForPorteur(Dossier dossier) => dossier.Decision is { IsTold: true } ? this : this with { PreScore = null, Criteria = [] };

    private static IEnumerable<string> DifferencesOf(Campaign campaign, Dossier dossier, EligibilityVerdict verdict)
    {
        var application = GrantApplication.Assemble(dossier.PiecesTaken.Select(piece => piece.Extract).OfType<PieceExtract>());
        var recomputed = EligibilityRules.Evaluate(campaign, application, dossier.DepositFacts());
        foreach (var (was, now) in verdict.Findings.Zip(recomputed.Findings).Where(pair => !Same(pair.First, pair.Second)))
        {
            yield return $"La règle {was.Rule} avait donné « {was.Message} » et donne maintenant « {now.Message} »";
        }

        if (verdict.Findings.Length != recomputed.Findings.Length)
        {
            yield return $"{verdict.Findings.Length} règles avaient été appliquées, et {recomputed.Findings.Length} le sont maintenant.";
        }

        if (dossier.PreScore is { } score && PreScore.Compute(campaign, application) is var again && !Same(score, again))
        {
            yield return $"La pré-notation enregistrée ({score.Total} sur {score.OutOf}) n’est pas celle que l’on recalcule ({again.Total} sur {again.OutOf}).";
        }
    }

    private static bool Same<T>(T left, T right) =>
        JsonSerializer.Serialize(left, GuichetJson.Options) == JsonSerializer.Serialize(right, GuichetJson.Options);
}

/// <summary>A file that an explanation rests on.</summary>
/// <param name="Name">The porteur's own name for it.</param>
/// <param name="Sha256">Of its bytes, lower-case hexadecimal: shows that it is the file that was sent.</param>
/// <param name="Received">When it came.</param>
public sealed record ExplainedFile(string Name, string? Sha256, Instant? Received);
