using System.Globalization;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Scoring;

namespace Guichet.Local.Commands;

/// <summary><c>judge … --against FILE</c>: what would change for these dossiers if these rules took the place of those, and for which.</summary>
internal static class RulesChange
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static void Print(Campaign before, Campaign after, IReadOnlyList<(string Dossier, Judged Before, Judged After)> dossiers, bool json)
    {
        var compared = RulesComparison.Of(dossiers);
        if (json)
        {
            foreach (var dossier in compared)
            {
                Say.Line(JsonSerializer.Serialize(dossier, GuichetJson.Options));
            }

            return;
        }

        Say.Title($"{before.Id}, version {before.Version} → {after.Id}, version {after.Version}");
        foreach (var dossier in compared)
        {
            Say.Line($"  {(dossier.Changes ? '≠' : '=')} {dossier.Dossier} : {InWords(dossier.Before)} → {InWords(dossier.After)}{Difference(dossier)}");
        }

        Say.Line();
        Say.Line($"  {compared.Length} dossiers ; {Count(compared, dossier => dossier.Before.Outcome != dossier.After.Outcome)} changent d’issue, {Count(compared, dossier => dossier.Before.Rank != dossier.After.Rank)} de rang, {Count(compared, dossier => dossier.Before.Total != dossier.After.Total)} de points.");
    }

    private static string InWords(Placed placed) =>
        string.Create(French, $"{Judge.InFrench(placed.Outcome)}, {placed.Total:0.#} points{(placed.Rank is { } rank ? $", rang {rank}" : "")}");

    private static string Difference(ComparedDossier dossier) => dossier.After.Total - dossier.Before.Total is not 0 and var points
        ? string.Create(French, $" ({points:+0.#;−0.#} points)")
        : "";

    private static int Count(IEnumerable<ComparedDossier> compared, Func<ComparedDossier, bool> changes) => compared.Count(changes);
}
