using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;
using Guichet.Documents;
using Guichet.Local;
using NodaTime;

namespace Guichet.Benchmarks.Rules;

/// <summary>What judging a dossier costs once its pieces are read: the rules and the pre-score, beside writing down what they gave.</summary>
internal static class Judging
{
    private const int Dossiers = 10_000;
    private const int Cores = 2;
    private static readonly string[] Samples = ["aides-proactives", "api-operateur", "tri-courriers-ia", "barometre-incomplet", "budget-faux"];

    /// <summary>Reads the sample dossiers, judges ten thousand in memory on two cores, and prints the figures.</summary>
    public static async Task Print()
    {
        var campaign = CampaignFile.Read(await File.ReadAllBytesAsync(RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2023-01.json"))).Campaign!;
        using var readers = new ReaderPool(ReadingBounds.Default, Cores);
        var deposits = new List<DepositFacts>();
        foreach (var sample in Samples)
        {
            var pieces = ImmutableArray.CreateBuilder<ReadPiece>();
            foreach (var file in Directory.EnumerateFiles(RepositoryFolder.Path("infra", "local", "samples", sample)))
            {
                pieces.Add(new ReadPiece(Path.GetFileName(file), await readers.Read(file, Path.GetFileName(file), campaign.Form, CancellationToken.None)));
            }

            deposits.Add(new DepositFacts(Instant.FromUtc(2024, 3, 13, 9, 0), pieces.ToImmutable()) { Twins = [] });
        }

        Judged Judge(int number)
        {
            var deposit = deposits[number % deposits.Count];
            var application = GrantApplication.Assemble(deposit.Pieces.Select(piece => piece.Extract));
            return new Judged(EligibilityRules.Evaluate(campaign, application, deposit), PreScore.Compute(campaign, application));
        }

        byte[] Write(int number) => JsonSerializer.SerializeToUtf8Bytes(results[number % results.Length], GuichetJson.Options);
        results = [.. Enumerable.Range(0, deposits.Count).Select(Judge)];
        var (judging, writing) = (Best(Judge), Best(Write));
        var allocated = Allocated(Judge);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {Dossiers:N0} dossiers on {Cores} cores: {Dossiers / judging.TotalSeconds:N0} judged a second, {allocated / 1024.0:N1} KiB allocated a dossier
            writing what was found as JSON (System.Text.Json): {Dossiers / writing.TotalSeconds:N0} a second; judging takes {judging / writing:N2} of it
            """));
    }

    private static Judged[] results = [];

    private static TimeSpan Best<T>(Func<int, T> work) => Enumerable.Range(0, 8).Select(_ =>
    {
        var started = Stopwatch.GetTimestamp();
        Parallel.For(0, Dossiers, new ParallelOptions { MaxDegreeOfParallelism = Cores }, number => GC.KeepAlive(work(number)));
        return Stopwatch.GetElapsedTime(started);
    }).Min();

    private static long Allocated(Func<int, Judged> judge)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 0; number < Dossiers; number++)
        {
            GC.KeepAlive(judge(number));
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Dossiers;
    }

    private sealed record Judged(EligibilityVerdict Verdict, PreScore PreScore);
}
