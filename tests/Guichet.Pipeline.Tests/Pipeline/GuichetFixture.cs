using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Local;
using Guichet.Local.Mail;
using NodaTime;
using Xunit;

[assembly: AssemblyFixture(typeof(Guichet.Pipeline.Tests.Pipeline.GuichetFixture))]

// One app, one clock and one bus for all: a test that shifts or breaks them must be alone.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>
/// The built app on its real triggers, started once for all tests: each opens dossiers of its own. The clock says Wednesday 13 March 2024,
/// 10:00 in Paris, and timers run only when a test fires them.
/// </summary>
public sealed class GuichetFixture : IAsyncLifetime
{
    public static readonly Instant Morning = Instant.FromUtc(2024, 3, 13, 9, 0);

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _offset = (Morning - Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow())).ToTimeSpan();

    public LocalEnvironment Local { get; private set; } = null!;

    public HttpClient Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Local = await LocalEnvironment.Start(new LocalOptions
        {
            ClockOffset = _offset,
            DataFolder = Environment.GetEnvironmentVariable("GUICHET_TEST_DATA"),
            DueAllowance = TimeSpan.FromSeconds(1),
            TimersRun = false,
        });
        Api = new HttpClient { BaseAddress = Local.ApiUri };
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        await (Local?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Waits for a fact: looks until it holds, and fails with what was seen last where it never does.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> holds, TimeSpan? patience = null)
    {
        using var enough = new CancellationTokenSource(patience ?? Patience);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            if (enough.IsCancellationRequested)
            {
                throw new TimeoutException($"Seen last: {JsonSerializer.Serialize(seen, GuichetJson.Options)}");
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Moves the app's clock on, and back once disposed of.</summary>
    public async Task<IAsyncDisposable> Later(TimeSpan more)
    {
        var offset = _offset + more;
        await Shift(offset);
        return new Back(() => Shift(_offset));
    }

    private async Task Shift(TimeSpan offset)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/development/clock") { Content = JsonContent.Create(new { offset = offset.ToString("c", CultureInfo.InvariantCulture) }) };
        request.Headers.Add(TestPrincipals.Header, TestPrincipals.Operator);
        (await Api.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private sealed class Back(Func<Task> back) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await back();
    }

    /// <summary>The office's row of a dossier, once it says so.</summary>
    public Task<TableEntity> OfficeRow(string dossier, Func<TableEntity, bool> holds) => Until(
        async () => await Row(Local.OfficeConnection, "TableauDossiers", "ftap-data", dossier) ?? new TableEntity("absent", dossier), holds);

    /// <summary>The mails to an address, once there are as many.</summary>
    public Task<IReadOnlyList<SunkMail>> Mails(string to, int count = 1) => Until(
        async () => (IReadOnlyList<SunkMail>)[.. (await Local.Mail.Messages()).Where(mail => mail.To.Any(address => address.Contains(to, StringComparison.OrdinalIgnoreCase)))],
        mails => mails.Count >= count);

    public static async Task<TableEntity?> Row(string connection, string table, string partition, string key)
    {
        var found = await new TableClient(connection, table).GetEntityIfExistsAsync<TableEntity>(partition, key);
        return found.HasValue ? found.Value : null;
    }

    public async Task<List<TableEntity>> Rows(string table, string filter)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in new TableClient(Local.StorageConnection, table).QueryAsync<TableEntity>(filter))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Waits until no dossier's promise stands.</summary>
    public Task Settled(string dossier) => Until(
        () => Rows("Dossiers", $"PartitionKey eq '{dossier}' and RowKey gt 'promise|' and RowKey lt 'promise~'"), rows => rows.Count == 0);
}
