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
}
