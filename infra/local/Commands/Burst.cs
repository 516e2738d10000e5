using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Guichet.Local.ServiceBus;

namespace Guichet.Local.Commands;

/// <summary>
/// <c>burst N [--hostile PERCENT]</c>: deposits so many dossiers of three files as fast as it can, waits until each is judged, and says what that took: by
/// counts, which hold anywhere, and by rates, which hold on this machine.
/// </summary>
internal static class Burst
{
    private const string Usage = "Usage : dotnet run --project infra/local -- burst NOMBRE [--hostile POUR-CENT]";
    private const string Sample = "tri-courriers-ia";

    /// <summary>In the title of the sample, which is its own for each dossier, so that none is another's twin.</summary>
    private const string InTitle = "des usagers en préfecture";

    /// <summary>How many porteurs send at the same time.</summary>
    internal const int AtOnce = 8;

    /// <summary>Nothing more is deposited or judged for so long, which is longer than what failed in passing is put off by then: what is missing does not come.</summary>
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromMinutes(10);

    private const int MostTries = 5;

    /// <summary>Between two looks at the office's table, a second for so many dossiers in it: looked at more often, the emulator would do little else.</summary>
    private const int DossiersASecond = 500;

    public static async Task<int> Run(string[] args)
    {
        var (count, hostile) = Read(args);
        Say.Step("Construction de l’application");
        var app = await AppBuild.Run(CancellationToken.None);
        Say.Step("Démarrage");
        await using var local = await LocalEnvironment.Start(new LocalOptions
        {
            AppFolder = app,
            ClockOffset = new DateTime(2024, 3, 13, 9, 0, 0, DateTimeKind.Utc) - TimeProvider.System.GetUtcNow().UtcDateTime,
            DueAllowance = TimeSpan.FromMinutes(10),
        });
        using var time = new FastForward(local);
        Say.Step($"{count} dossiers de trois fichiers{(hostile > 0 ? $", dont {hostile} % avec un fichier hostile" : "")}");
        local.Proxy.Counts.Reset();
        var sent = local.Bus.Faults.Seen(BusOperation.Send);
        var deposited = new ConcurrentDictionary<string, DateTimeOffset>();
        var bytes = 0L;
        var watch = Stopwatch.StartNew();
        var depositing = Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellation) =>
        {
            var files = Files(number, hostile);
            var opened = await Insist(() => time.Open("ftap-data", $"porteur{number}@exemple.gouv.fr", files, cancellation));
            await time.Put(opened, files, cancellation);
            var dossier = opened.GetProperty("dossier").GetString()!;
            await Insist(() => time.AsPorteur((dossier, opened.GetProperty("token").GetString()!), HttpMethod.Post, "close"));
            deposited[dossier] = TimeProvider.System.GetUtcNow();
            Interlocked.Add(ref bytes, files.Sum(file => file.Content.LongLength));
        });
        var memory = new List<long>();
        var (arrived, rows) = await Judged(local, count, depositing, deposited, memory, watch);
        var total = watch.Elapsed;
        await local.Bus.WhenDrained();
        var burst = new BurstReport(local, count, bytes, arrived, total, deposited, rows, memory, local.Bus.Faults.Seen(BusOperation.Send) - sent);
        if (local.WorkerStarts > 1)
        {
            Say.Line($"L’application est morte {local.WorkerStarts - 1} fois en route :");
            local.Log.Warnings.Where(line => line.Category == "Host.Worker" || line.ToString().Contains("ran for more than", StringComparison.Ordinal)).ToList().ForEach(line => Say.Line($"  {line.At:HH:mm:ss} {line.Message}"));
        }

        burst.SayCounts();
        await burst.SayRates();
        burst.SayPrices();
        return burst.SayLost();
    }

    /// <summary>As a porteur would: an answer that fails is asked for again. Closing twice closes once; a dossier that was opened twice stays empty.</summary>
    private static async Task<T> Insist<T>(Func<Task<T>> ask)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await ask();
            }
            catch (Exception failure) when (tries < MostTries && failure is LocalProblemException or HttpRequestException or TaskCanceledException)
            {
                Say.Line($"  redemandé : {failure.Message}");
                await Task.Delay(TimeSpan.FromSeconds(tries), TimeProvider.System);
            }
        }
    }

    private static (int Count, int Hostile) Read(string[] args)
    {
        int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new LocalProblemException($"« {text} » n’est pas un nombre. {Usage}");
        return args switch
        {
            [var count] => (Number(count), 0),
            [var count, "--hostile", var percent] => (Number(count), Math.Min(Number(percent), 100)),
            _ => throw new LocalProblemException(Usage),
        };
    }

    /// <summary>The sample under a title of its own; where it is to be hostile, its letter is a PDF whose tree of pages is its own root.</summary>
    private static List<(string Name, byte[] Content)> Files(int number, int hostile)
    {
        var files = new List<(string Name, byte[] Content)>();
        foreach (var path in Directory.EnumerateFiles(RepositoryFolder.Path("infra", "local", "samples", Sample)).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            files.Add(Path.GetExtension(path) switch
            {
                ".json" => (name, Encoding.UTF8.GetBytes(File.ReadAllText(path).Replace(InTitle, $"des usagers, lot {number}", StringComparison.Ordinal))),
                ".pdf" when number * hostile / 100 != (number + 1) * hostile / 100 => (name, [.. "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R "u8, .. new byte[200]]),
                _ => (name, File.ReadAllBytes(path)),
            });
        }

        return files;
    }

    /// <summary>Waits until each has its row, with reviewers or with what it lacks; looks on at the worker's memory meanwhile.</summary>
    private static async Task<(TimeSpan Arrived, Dictionary<string, TableEntity> Rows)> Judged(
        LocalEnvironment local, int count, Task depositing, ConcurrentDictionary<string, DateTimeOffset> deposited, List<long> memory, Stopwatch watch)
    {
        var rows = new Dictionary<string, TableEntity>();
        var arrived = TimeSpan.Zero;
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(Math.Max(2, count / DossiersASecond)));
        var since = Stopwatch.StartNew();
        for (var before = (Deposited: -1, Judged: -1); (arrived == TimeSpan.Zero || rows.Count < deposited.Count) && since.Elapsed < LongestStandstill;)
        {
            await pace.WaitForNextTickAsync();
            if (arrived == TimeSpan.Zero && depositing.IsCompleted)
            {
                await depositing;
                arrived = watch.Elapsed;
            }

            memory.Add(local.WorkerMemory);
            rows.Clear();
            await foreach (var row in new TableClient(local.OfficeConnection, "TableauDossiers").QueryAsync<TableEntity>("PartitionKey eq 'ftap-data'", select: ["RowKey", "Statut", "Timestamp"]))
            {
                if (deposited.ContainsKey(row.RowKey) && row.GetString("Statut") is "En instruction" or "Incomplet")
                {
                    rows[row.RowKey] = row;
                }
            }

            if ((deposited.Count, rows.Count) != before)
            {
                before = (deposited.Count, rows.Count);
                since.Restart();
                Say.Line($"  {before.Deposited} déposés, {before.Judged} jugés");
            }
        }

        return (arrived, rows);
    }
}
