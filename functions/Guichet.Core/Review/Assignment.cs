using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;

namespace Guichet.Core.Review;

/// <summary>
/// Who reviews a dossier. Nobody of the applicant's own body or ministry, and nobody twice; of the others whoever has fewest dossiers, of those the
/// one at home in the project's type, of those one by a draw that the two names alone decide: so that the same state gives the same answer.
/// </summary>
public static class Assignment
{
    /// <summary>How many reviewers a dossier lacks: those of the campaign's rules, and a third once the others are too far apart.</summary>
    /// <param name="rules">The campaign in force today: who reviews.</param>
    /// <param name="campaign">The version in force at the deposit: how it is scored.</param>
    public static int Lacking(Campaign rules, Campaign campaign, Dossier dossier)
    {
        if (dossier.Status is not (DossierStatus.Note or DossierStatus.Instruction))
        {
            return 0;
        }

        var active = dossier.Reviews.Where(sheet => sheet.IsActive).ToList();
        var wanted = rules.Review.ReviewersPerDossier + (IsArbitrated(rules, campaign, dossier) ? 1 : 0);
        return Math.Max(0, wanted - active.Count);
    }

    /// <summary>Whether a third reviewer is wanted, or there already.</summary>
    public static bool IsArbitrated(Campaign rules, Campaign campaign, Dossier dossier) =>
        dossier.Reviews.Any(sheet => sheet is { IsActive: true, Arbitration: true }) || ReviewScores.Of(campaign, dossier).AreApart(rules.Review);

    /// <summary>Chooses reviewers; fewer than wanted where there are no more without a conflict.</summary>
    /// <param name="rules">The campaign in force today.</param>
    /// <param name="dossier">For which dossier.</param>
    /// <param name="loads">How many dossiers each reviewer has, by id; absent for none.</param>
    /// <param name="count">How many are wanted.</param>
    public static ImmutableArray<string> Choose(Campaign rules, Dossier dossier, IReadOnlyDictionary<string, long> loads, int count)
    {
        var types = Types(rules, dossier);
        return
        [
            .. rules.Reviewers
                .Where(reviewer => dossier.Reviews.All(sheet => sheet.Reviewer != reviewer.Id) && ConflictOf(reviewer, dossier) is null)
                .OrderBy(reviewer => loads.GetValueOrDefault(reviewer.Id))
                .ThenByDescending(reviewer => reviewer.Specialities.Any(types.Contains))
                .ThenBy(reviewer => Draw(dossier.Id, reviewer.Id))
                .Take(count)
                .Select(reviewer => reviewer.Id),
        ];
    }

    /// <summary>What keeps a reviewer from a dossier, in French; null where nothing that is known does.</summary>
    public static string? ConflictOf(Reviewer reviewer, Dossier dossier)
    {
        var application = dossier.Application ?? new GrantApplication();
        var (name, ministry) = (dossier.Applicant, application.Find(Fields.ApplicantMinistry)?.Value);
        return IsSame(reviewer.Body, name) || IsSame(reviewer.Body, ministry) ? $"{reviewer.Name} appartient à l’organisme qui porte le dossier ({reviewer.Body})."
            : IsSame(reviewer.Ministry, ministry) || IsSame(reviewer.Ministry, name) ? $"{reviewer.Name} appartient au même ministère que le porteur ({reviewer.Ministry})."
            : null;
    }

    /// <summary>Why a reviewer was chosen, for the dossier's journal of people: one sentence in French.</summary>
    /// <param name="load">How many dossiers the reviewer had before.</param>
    public static string Why(Campaign rules, Dossier dossier, string reviewer, long load)
    {
        var types = Types(rules, dossier);
        var speciality = rules.Reviewers.FirstOrDefault(one => one.Id == reviewer)?.Specialities.Where(types.Contains).ToList() ?? [];
        var charge = load switch { 0 => "n’avait aucun dossier", 1 => "avait 1 dossier", _ => $"avait {load} dossiers" };
        return $"Parmi les personnes sans lien connu avec le porteur, aucune n’avait moins de dossiers : celle-ci {charge}"
            + (speciality.Count > 0 ? $" et connaît ce type de projet ({string.Join(", ", speciality)})." : ".");
    }

    private static HashSet<string> Types(Campaign rules, Dossier dossier) =>
        [.. rules.TypesOf(dossier.Application ?? new GrantApplication()).Select(type => type.Id)];

    private static bool IsSame(string? left, string? right) =>
        !string.IsNullOrWhiteSpace(left) && !string.IsNullOrWhiteSpace(right) && Bare(left) == Bare(right);

    /// <summary>Letters and digits alone: the same body is written with and without its dashes and capitals.</summary>
    private static string Bare(string name) => string.Concat(FoldedText.Of(name).Where(char.IsLetterOrDigit));

    private static ulong Draw(DossierId dossier, string reviewer) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{dossier}|{reviewer}")));
}
