using System.Globalization;
using Guichet.Local.Commands;

namespace Guichet.Local.Trials;

/// <summary><c>trials</c>: the scenario with a fault at each of its calls, or with random faults for a given time.</summary>
internal static class TrialCommand
{
    private const string Usage =
        "Usage : dotnet run --project infra/local -- trials [--seed GRAINE] [--minutes N] [--runs N] [--every N] [--from N] [--only storage|bus|mail] [--workers 1|2] ; sans graine, chaque appel à son tour.";

    public static async Task<int> Run(string[] args)
    {
        var plan = Read(args);
        Say.Step("Construction de l’application");
        var app = await AppBuild.Run(CancellationToken.None);
        Say.Step("Trois dossiers de leur dépôt à leur fin, encore et encore, avec des fautes");
        var report = await TrialSeries.Run(plan, app, Say.Line);
        Say.Title($"{report.Points} appels où échouer ; {report.Runs} essais ; {report.Struck.Values.Sum()} fautes");
        foreach (var (fault, times) in report.Struck)
        {
            Say.Line($"  {times,6}  {fault}");
        }

        Say.Line(report.Differences.Count == 0 ? "Tous les essais finissent comme celui sans faute." : $"{report.Differences.Count} essais finissent autrement : {string.Join(", ", report.Differences.Select(one => one.Run))}.");
        return report.Differences.Count == 0 ? 0 : 1;
    }

    private static TrialPlan Read(string[] args)
    {
        var plan = new TrialPlan();
        var words = new Queue<string>(args);
        while (words.TryDequeue(out var option))
        {
            var value = words.TryDequeue(out var given) ? given : throw new LocalProblemException($"{option} attend une valeur. {Usage}");
            int Number() => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new LocalProblemException($"{option} attend un nombre, et non « {value} ». {Usage}");
            plan = option switch
            {
                "--seed" => plan with { Seed = Number() },
                "--minutes" => plan with { For = TimeSpan.FromMinutes(Number()) },
                "--runs" => plan with { Runs = Number() },
                "--every" => plan with { Every = Math.Max(1, Number()) },
                "--from" => plan with { From = Math.Max(1, Number()) },
                "--workers" => plan with { Workers = value is "1" or "2" ? Number() : throw new LocalProblemException($"--workers vaut 1 ou 2. {Usage}") },
                "--only" when Enum.TryParse<TrialDoor>(value, ignoreCase: true, out _) => plan with { Only = value },
                _ => throw new LocalProblemException($"Option inconnue : « {option} {value} ». {Usage}"),
            };
        }

        return plan;
    }
}
