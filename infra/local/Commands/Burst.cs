using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Guichet.Local.Proxy;
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
    private const int AtOnce = 8;
    private const int Tables = 4_000;

    /// <summary>Nothing more is judged for so long: what is missing does not come.</summary>
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromMinutes(2);

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
        var memory = new List<long>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellation) =>
        {
            var (dossier, _) = await time.Deposit("ftap-data", $"porteur{number}@exemple.gouv.fr", Files(number, hostile), cancellation);
            deposited[dossier] = TimeProvider.System.GetUtcNow();
        });
        var arrived = watch.Elapsed;
        Say.Line(string.Create(CultureInfo.InvariantCulture, $"  {count} déposés en {arrived.TotalSeconds:F0} s"));
        var rows = await Judged(local, deposited, memory);
        var total = watch.Elapsed;
        await local.Bus.WhenDrained();
        Report(local, count, arrived, total, deposited, rows, memory, local.Bus.Faults.Seen(BusOperation.Send) - sent);
        await Beside(local, local.Proxy.Counts.OfApp / total.TotalSeconds);
        var lost = deposited.Keys.Except(rows.Keys).ToList();
        Say.Line(lost.Count == 0 ? $"Aucun dossier perdu : les {count} sont au tableau, chacun sous son numéro." : $"MANQUENT {lost.Count} dossiers : {string.Join(", ", lost.Take(20))}");
        return lost.Count == 0 ? 0 : 1;
    }

    private static (int Count, int Hostile) Read(string[] args)
    {
        int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new LocalProblemException($"« {text} » n’est pas un nombre. {Usage}");
        return args switch
        {
            [var count] => (Number(count), 0),
            [var count, "--hostile", var percent] => (Number(count), Number(percent)),
            _ => throw new LocalProblemException(Usage),
        };
    }

    /// <summary>The sample under a title of its own, so that no dossier is another's twin; or with a PDF in the place of its letter that ends in the middle of its first object.</summary>
    private static List<(string Name, byte[] Content)> Files(int number, int hostile)
    {
        var files = new List<(string Name, byte[] Content)>();
        foreach (var path in Directory.EnumerateFiles(RepositoryFolder.Path("infra", "local", "samples", Sample)).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            files.Add(Path.GetExtension(path) switch
            {
                ".json" => (name, System.Text.Encoding.UTF8.GetBytes(File.ReadAllText(path).Replace("CLAIR : classer et orienter les courriers des usagers en préfecture", $"Courriers {number} {Guid.NewGuid():N}", StringComparison.Ordinal))),
                ".pdf" when number * hostile / 100 != (number + 1) * hostile / 100 => (name, [.. "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R "u8, .. new byte[200]]),
                _ => (name, File.ReadAllBytes(path)),
            });
        }

        return files;
    }

    /// <summary>Waits until each has its row, scored or with what it lacks; looks on at the workers' memory meanwhile.</summary>
    private static async Task<Dictionary<string, TableEntity>> Judged(LocalEnvironment local, ConcurrentDictionary<string, DateTimeOffset> deposited, List<long> memory)
    {
        var rows = new Dictionary<string, TableEntity>();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var since = Stopwatch.StartNew();
        for (var before = -1; rows.Count < deposited.Count && since.Elapsed < LongestStandstill;)
        {
            await pace.WaitForNextTickAsync();
            memory.Add(local.WorkerMemory);
            rows.Clear();
            await foreach (var row in new TableClient(local.OfficeConnection, "TableauDossiers").QueryAsync<TableEntity>("PartitionKey eq 'ftap-data'"))
            {
                if (deposited.ContainsKey(row.RowKey) && row.GetString("Statut") is "En instruction" or "Incomplet")
                {
                    rows[row.RowKey] = row;
                }
            }

            if (rows.Count != before)
            {
                before = rows.Count;
                since.Restart();
                Say.Line($"  {rows.Count} jugés");
            }
        }

        return rows;
    }

    private static void Report(
        LocalEnvironment local, int count, TimeSpan arrived, TimeSpan total, ConcurrentDictionary<string, DateTimeOffset> deposited, Dictionary<string, TableEntity> rows, List<long> memory, int messages)
    {
        var app = local.Proxy.Counts.OfApp;
        var host = local.Proxy.Counts.Of(call => call.Caller is StorageCaller.Host);
        Say.Title("Comptes, qui valent partout");
        Say.Line(string.Create(CultureInfo.InvariantCulture, $"  {(double)app / count:F1} opérations de stockage de l’application par dossier, et {(double)host / count:F1} de son hôte"));
        foreach (var (call, times) in local.Proxy.Counts.All.Where(one => one.Key.Caller is StorageCaller.App && one.Value * 20 > count).OrderByDescending(one => one.Value))
        {
            Say.Line(string.Create(CultureInfo.InvariantCulture, $"    {(double)times / count,6:F2}  {call.Operation} {call.Resource}"));
        }

        Say.Line(string.Create(CultureInfo.InvariantCulture, $"  {(double)messages / count:F1} messages sur le bus par dossier"));
        Say.Line($"  statuts : {string.Join(", ", rows.Values.CountBy(row => row.GetString("Statut")).Select(pair => $"{pair.Value} {pair.Key}"))}");
        Say.Title("Vitesses, sur cette machine");
        Say.Line(string.Create(CultureInfo.InvariantCulture, $"  {count / arrived.TotalSeconds:F1} dossiers déposés par seconde, {count / total.TotalSeconds:F1} jugés"));
        var delays = rows.Select(row => (row.Value.Timestamp!.Value - deposited[row.Key]).TotalSeconds).Order().ToList();
        Say.Line(string.Create(CultureInfo.InvariantCulture, $"  du dernier fichier à la dernière ligne du tableau : médiane {At(delays, 0.5):F1} s, 95e centile {At(delays, 0.95):F1} s, maximum {At(delays, 1):F1} s"));
        Say.Line(string.Create(CultureInfo.InvariantCulture, $"  mémoire de l’application : {memory.Min() >> 20} à {memory.Max() >> 20} Mo, {memory[^1] >> 20} Mo à la fin"));
        Say.Title("Prix dans Azure, d’après ces comptes");
        var prices = JsonDocument.Parse(File.ReadAllText(RepositoryFolder.Path("infra", "local", "prices.json"))).RootElement;
        double Price(string name) => prices.GetProperty(name).GetDouble();
        bool IsRead(StorageCall call) => call.Method is "GET" or "HEAD";
        double Each(Func<StorageCall, bool> which) => (double)local.Proxy.Counts.Of(which) / count;
        var blobs = (Each(call => call.Service is StorageService.Blob && !IsRead(call)) * Price("blobWrite")) + (Each(call => call.Service is StorageService.Blob && IsRead(call)) * Price("blobRead"));
        var tables = Each(call => call.Service is StorageService.Table) * Price("tableOperation");
        var bus = (double)messages / count * 3 * Price("busOperation"); // Sent, received, completed.
        var compute = total.TotalSeconds / count * Price("gigabyteSecond") * 2;
        foreach (var dossiers in new[] { 1_000, 100_000 })
        {
            Say.Line(string.Create(CultureInfo.InvariantCulture, $"  {dossiers,7} dossiers : {dossiers * (blobs + tables + bus + compute):F2} € (stockage {dossiers * (blobs + tables):F2}, bus {dossiers * bus:F2}, calcul {dossiers * compute:F2}), hors abonnements fixes ; prix du {prices.GetProperty("date").GetString()}"));
        }
    }

    /// <summary>What the emulator alone gives, in the same run: the rates above are to be read beside it.</summary>
    private static async Task Beside(LocalEnvironment local, double ofApp)
    {
        var table = new TableClient(local.StorageConnection, "Requests");
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Tables, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellation) =>
            await table.AddEntityAsync(new TableEntity($"burst{number % 100}", $"{number}") { ["Text"] = new string('a', 500) }, cancellation));
        Say.Line(string.Create(CultureInfo.InvariantCulture, $"L’émulateur seul fait {Tables / watch.Elapsed.TotalSeconds:F0} insertions par seconde ; l’application lui a demandé {ofApp:F0} opérations par seconde."));
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];
}
