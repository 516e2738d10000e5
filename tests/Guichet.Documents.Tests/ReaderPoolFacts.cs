using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;

namespace Guichet.Documents.Tests;

public sealed class ReaderPoolFacts(ReadingFixture reading)
{
    private static readonly byte[] Sound = new Docx().Table("Titre du projet | Alpha").Bytes();

    [Theory]
    [InlineData(Misbehaving.Overflow, "échoué")]
    [InlineData(Misbehaving.Throw, "échoué")]
    [InlineData(Misbehaving.Hang, "secondes")]
    [InlineData(Misbehaving.Bloat, "mémoire")]
    public async Task A_file_that_kills_its_reader_costs_a_finding_and_the_next_file_is_read(string misbehaviour, string said)
    {
        using var pool = new ReaderPool(ReadingBounds.Default with { Time = TimeSpan.FromSeconds(misbehaviour == Misbehaving.Hang ? 8 : 30), Memory = 256 << 20 }, 1);
        using var deaths = new MeterListener();
        var told = new ConcurrentBag<string>();
        deaths.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ReaderPool.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        deaths.SetMeasurementEventCallback<long>((instrument, _, tags, _) => told.Add($"{instrument.Name} {tags[0].Value}"));
        deaths.Start();
        var killed = await pool.Read(reading.Save(Encoding.UTF8.GetBytes(misbehaviour)), "piege.docx", FormWords.None, TestContext.Current.CancellationToken);
        var finding = Assert.Single(killed.Findings);
        Assert.Equal(("LECTURE-INTERROMPUE", PieceSeverity.Blocking), (finding.Id, finding.Severity));
        Assert.Contains(said, finding.Message, StringComparison.Ordinal);
        Assert.True(misbehaviour == Misbehaving.Throw || told.Any(one => one.StartsWith("guichet.readers.deaths", StringComparison.Ordinal))); // An error that it survives is no death.
        var sound = await pool.Read(reading.Save(Sound), "formulaire.docx", FormWords.None, TestContext.Current.CancellationToken);
        Assert.Equal("Alpha", sound.Value(Fields.ProjectTitle));
    }

    [Fact]
    public async Task Files_given_together_are_read_each_with_its_own_answer()
    {
        var titles = Enumerable.Range(1, 12).Select(i => $"Projet {i}").ToList();
        var extracts = await Task.WhenAll(titles.Select(title => reading.Read(new Docx().Table($"Titre du projet | {title}").Bytes(), "formulaire.docx")));
        Assert.Equal(titles, extracts.Select(extract => extract.Value(Fields.ProjectTitle)));
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_heard()
    {
        using var given = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        using var pool = new ReaderPool(ReadingBounds.Default, 1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.Read(reading.Save(Encoding.UTF8.GetBytes(Misbehaving.Hang)), "piege.docx", FormWords.None, given.Token));
    }

    [Theory]
    [InlineData("/azure-functions-host/workers/dotnet-isolated/bin/FunctionsNetHost")]
    [InlineData(null)]
    public void An_app_that_a_host_has_loaded_starts_its_readers_by_the_runtime(string? running)
    {
        var (executable, arguments) = ReaderProcess.Again(running, "/app/Guichet.Functions.dll");
        Assert.True(File.Exists(executable));
        Assert.Equal("dotnet", Path.GetFileNameWithoutExtension(executable));
        Assert.Equal(["exec", "/app/Guichet.Functions.dll"], arguments);
    }
}
