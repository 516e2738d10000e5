using Guichet.Local.Trials;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>A share of what <c>infra/local -- trials</c> tries: three dossiers from upload to closing, a fault in every act, and the same end.</summary>
public sealed class TrialFacts
{
    [Fact]
    public async Task Whatever_fails_on_the_way_the_end_is_that_of_the_run_without_a_fault()
    {
        var report = await TrialSeries.Run(new TrialPlan(Seed: 2, Runs: 1, Workers: 2), progress: line => TestContext.Current.TestOutputHelper?.WriteLine(line));
        Assert.InRange(report.Struck.Values.Sum(), 10, 14);
        Assert.Equal("", string.Join('\n', report.Differences.SelectMany(run => (string[])[.. run.Lines, .. run.Faults])));
    }

    [Fact]
    public void The_twelfths_are_together_every_fault_of_every_act_once()
    {
        static Dictionary<TrialDoor, int> Calls(int storage, int bus, int mail) => new() { [TrialDoor.Storage] = storage, [TrialDoor.Bus] = bus, [TrialDoor.Mail] = mail };
        var acts = new Dictionary<string, IReadOnlyDictionary<TrialDoor, int>> { ["dépôt"] = Calls(53, 7, 1), ["silence"] = Calls(0, 0, 0), ["décision"] = Calls(29, 11, 3) };
        List<(int Act, TrialPoint Point)> Of(int every, int from) =>
            [.. TrialSeries.Points(new TrialPlan(Every: every, From: from), TrialFault.All, () => acts).SelectMany(run => run.Select(one => (one.Key, one.Value)))];

        var all = Of(1, 1);
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Contains(all, one => one is { Act: 0, Point.Nth: 53 });
        Assert.Contains(all, one => one is { Act: 2, Point.Nth: 29 });
        var twelfths = Enumerable.Range(1, 12).SelectMany(from => Of(12, from)).ToList();
        Assert.Equal(all.Count, twelfths.Count);
        Assert.Empty(all.Except(twelfths));
    }
}
