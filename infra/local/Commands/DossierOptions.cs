using Guichet.Core.Campaigns;
using NodaTime;
using NodaTime.Text;

namespace Guichet.Local.Commands;

/// <summary>What the commands over dossiers' paths are asked.</summary>
/// <param name="Paths">One dossier each; at least one.</param>
/// <param name="Campaign">The rules.</param>
/// <param name="Against">Other rules to compare with; null where none were named.</param>
/// <param name="On">The day of the deposit; today where none was named.</param>
/// <param name="Json">For a machine, one line a dossier.</param>
internal sealed record DossierOptions(IReadOnlyList<string> Paths, Campaign Campaign, Campaign? Against, LocalDate On, bool Json)
{
    /// <exception cref="LocalProblemException">A word is no option of the command, or an option's value or a path is not there.</exception>
    public static DossierOptions Read(string[] args, string usage, params ReadOnlySpan<string> taken)
    {
        List<string> paths = [];
        string? campaign = null, against = null;
        var on = LocalDate.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        var json = false;
        var words = new Queue<string>(args);
        string Value(string option, string what) => words.TryDequeue(out var value) ? value : throw new LocalProblemException($"{option} attend {what}. {usage}");
        while (words.TryDequeue(out var word))
        {
            switch (word)
            {
                case ['-', ..] when !taken.Contains(word):
                    throw new LocalProblemException($"Option inconnue : « {word} ». {usage}");
                case "--json":
                    json = true;
                    break;
                case "--campaign":
                    campaign = Value(word, "le fichier d’une campagne");
                    break;
                case "--against":
                    against = Value(word, "le fichier d’une campagne");
                    break;
                case "--on":
                    on = LocalDatePattern.Iso.Parse(Value(word, "une date")) is { Success: true } date ? date.Value : throw new LocalProblemException($"--on attend une date comme 2024-03-13. {usage}");
                    break;
                default:
                    paths.Add(word);
                    break;
            }
        }

        if (paths.Count == 0)
        {
            throw new LocalProblemException($"Donnez au moins un dossier, un fichier ou une archive. {usage}");
        }

        foreach (var path in paths)
        {
            DossierPaths.Files(path); // A path that is not there is said before anything is read.
        }

        return new DossierOptions(
            paths, campaign is null ? CampaignFiles.Shipped(on) : CampaignFiles.Load(campaign), against is null ? null : CampaignFiles.Load(against), on, json);
    }
}
