using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Guichet.Local.Proxy;

namespace Guichet.Local.Commands;

/// <summary>What a burst took.</summary>
/// <param name="Local">Where it ran.</param>
/// <param name="Count">How many dossiers.</param>
/// <param name="Bytes">Of all their files.</param>
/// <param name="Arrived">When the last was deposited, from the beginning.</param>
/// <param name="Total">When the last was judged.</param>
/// <param name="Deposited">When each was closed.</param>
/// <param name="Rows">The office's row of each that was judged.</param>
/// <param name="Memory">Bytes that the worker held, looked at in even paces.</param>
/// <param name="Messages">How many were sent over the bus.</param>
internal sealed record BurstReport(
    LocalEnvironment Local, int Count, long Bytes, TimeSpan Arrived, TimeSpan Total, IReadOnlyDictionary<string, DateTimeOffset> Deposited,
    IReadOnlyDictionary<string, TableEntity> Rows, IReadOnlyList<long> Memory, int Messages)
{
    /// <summary>Of the emulator alone: as many as it was asked for, and no more than take a minute.</summary>
    private const int MostInserts = 50_000;

    /// <summary>The steps of a dossier, as its journal names them, each with what ends with it.</summary>
    private static readonly (string Operation, string What)[] Stages =
        [("close", "de l’ouverture à la fermeture"), ("eligibility", "de la fermeture au contrôle, lecture comprise"), ("score", "du contrôle à la pré-notation"), ("assign", "de la pré-notation aux relecteurs")];

    /// <summary>The calls to storage and the messages, a dossier: the same on any machine.</summary>
    public void SayCounts()
    {
        var counts = Local.Proxy.Counts;
        Say.Title("Comptes par dossier, qui valent partout");
        Say.Line(Invariant($"  {Each(call => call.Caller is StorageCaller.App):F1} opérations de stockage de l’application, {Each(call => call.Caller is StorageCaller.Host):F1} de son hôte, {Each(call => call.Caller is StorageCaller.Porteur):F1} du porteur"));
        foreach (var (call, times) in counts.All.Where(one => one.Key.Caller is StorageCaller.App && one.Value * 20 > Count).OrderByDescending(one => one.Value))
        {
            Say.Line(Invariant($"    {(double)times / Count,6:F2}  {call.Operation} {(call.Resource.Length == 0 ? "(plusieurs lignes d’une partition)" : call.Resource)}"));
        }

        Say.Line(Invariant($"  {(double)Messages / Count:F1} messages sur le bus, {(double)Bytes / Count / 1024:F0} Kio déposés"));
        Say.Line($"  statuts : {string.Join(", ", Rows.Values.CountBy(row => row.GetString("Statut")).OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}"))}");
    }

    /// <summary>How long it took here, and what the emulator of storage alone gives in the same run.</summary>
    public async Task SayRates()
    {
        Say.Title("Vitesses, sur cette machine");
        Say.Line(Invariant($"  {Count / Arrived.TotalSeconds:F1} dossiers déposés par seconde, {Rows.Count / Total.TotalSeconds:F1} jugés"));
        SayDelays("du dernier fichier à la dernière ligne du tableau", Rows.Select(row => row.Value.Timestamp!.Value - Deposited[row.Key]));
        var steps = (await Steps()).ToLookup(step => step.Operation);
        foreach (var (operation, what) in Stages)
        {
            SayDelays(what, steps[operation].Select(step => step.Took), Pace([.. steps[operation].Select(step => step.At)]));
        }

        Say.Line($"  mémoire de l’application, en Mo, à chaque huitième du temps : {string.Join(" · ", Enumerable.Range(1, 8).Select(eighth => Memory[((Memory.Count * eighth) - 1) / 8] >> 20))} ; au plus {Memory.Max() >> 20}");
        var (asked, table) = (Local.Proxy.Counts.Of(_ => true), new TableClient(Local.StorageConnection, "Requests"));
        var inserts = Math.Min(asked, MostInserts);
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, inserts, new ParallelOptions { MaxDegreeOfParallelism = Burst.AtOnce }, async (number, cancellation) =>
            await table.AddEntityAsync(new TableEntity($"burst{number % 100}", $"{number}") { ["Text"] = new string('a', 500) }, cancellation));
        Say.Line(Invariant($"  L’émulateur seul fait {inserts / watch.Elapsed.TotalSeconds:F0} insertions par seconde, mesuré sur {inserts} ; il a reçu {asked} opérations, {asked / Total.TotalSeconds:F0} par seconde."));
    }

    /// <summary>What so many would cost in Azure.</summary>
    public void SayPrices()
    {
        var prices = JsonDocument.Parse(File.ReadAllText(RepositoryFolder.Path("infra", "local", "prices.json"))).RootElement;
        double Price(string name) => prices.GetProperty(name).GetDouble();
        var storage = (Each(call => call is { Service: StorageService.Blob, Method: not ("GET" or "HEAD") }) * Price("blobWrite"))
            + (Each(call => call is { Service: StorageService.Blob, Method: "GET" or "HEAD" }) * Price("blobRead"))
            + (Each(call => call.Service is StorageService.Table) * Price("tableOperation"));
        var bus = (double)Messages / Count * 3 * Price("busOperation"); // Sent, received, completed.
        var compute = Total.TotalSeconds / Count * Price("gigabytes") * Price("gigabyteSecond");
        Say.Title($"Prix dans Azure d’après ces comptes, aux prix de {prices.GetProperty("date").GetString()} (infra/local/prices.json), hors abonnements fixes");
        foreach (var dossiers in new[] { 1_000, 100_000 })
        {
            Say.Line(Invariant($"  {dossiers,7} dossiers : {dossiers * (storage + bus + compute):F2} €, dont stockage {dossiers * storage:F2}, bus {dossiers * bus:F2}, calcul {dossiers * compute:F2} au temps de cette machine"));
        }
    }

    /// <summary>Accounts for each dossier by its number.</summary>
    /// <returns>0 where none is missing.</returns>
    public int SayLost()
    {
        var lost = Deposited.Keys.Except(Rows.Keys).Order(StringComparer.Ordinal).ToList();
        Say.Line(lost.Count == 0 ? $"Aucun dossier perdu : les {Count} sont au tableau, chacun sous son numéro." : $"MANQUENT {lost.Count} dossiers : {string.Join(", ", lost.Take(20))}");
        return lost.Count == 0 ? 0 : 1;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many a second went through a stage, from the first to the last.</summary>
    private static string Pace(IReadOnlyCollection<DateTimeOffset> ends) => ends.Count < 2 ? "" : Invariant($"{(ends.Count - 1) / (ends.Max() - ends.Min()).TotalSeconds:F1} par seconde, ");

    private static void SayDelays(string what, IEnumerable<TimeSpan> delays, string pace = "")
    {
        var sorted = delays.Select(delay => delay.TotalSeconds).Order().ToList();
        double At(double share) => sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];
        Say.Line(Invariant($"  {what} : {pace}médiane {At(0.5):F1} s, 95e centile {At(0.95):F1} s, maximum {At(1):F1} s"));
    }

    private double Each(Func<StorageCall, bool> which) => (double)Local.Proxy.Counts.Of(which) / Count;

    /// <summary>Each step that a journal names, with its instant and the time since the one before it.</summary>
    private async Task<List<(string Operation, DateTimeOffset At, TimeSpan Took)>> Steps()
    {
        var steps = new List<(string Operation, DateTimeOffset At, TimeSpan Took)>();
        var before = ("", DateTimeOffset.MinValue);
        await foreach (var row in new TableClient(Local.StorageConnection, "Dossiers").QueryAsync<TableEntity>("RowKey gt 'journal|' and RowKey lt 'journal~'"))
        {
            var entry = JsonDocument.Parse(row.GetString("Json")).RootElement;
            var at = entry.GetProperty("at").GetDateTimeOffset();
            if (before.Item1 == row.PartitionKey)
            {
                steps.Add((entry.GetProperty("operation").GetString()!.Split('/')[0], at, at - before.Item2));
            }

            before = (row.PartitionKey, at);
        }

        return steps;
    }
}
