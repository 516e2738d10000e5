using Guichet.Documents.Tests.Measuring;

namespace Guichet.Documents.Tests;

public sealed class TruthFacts(ReadingFixture reading)
{
    [Fact]
    public async Task What_is_read_is_nearly_all_that_is_written_and_nearly_never_something_else()
    {
        var leaves = await TruthSet.Measure(reading.Pool, TestContext.Current.CancellationToken);
        var tuned = Score.Of(leaves.Where(leaf => leaf.Set == "tuned"));
        var heldOut = Score.Of(leaves.Where(leaf => leaf.Set == "reserve"));
        foreach (var (set, least, wrong) in new[] { ("blind", 0.93, 0.005), ("blind-b", 0.94, 0.01), ("blind-c", 0.92, 0.005), ("blind-d", 0.95, 0.005), ("blind-e", 0.95, 0.005), ("blind-f", 0.97, 0.005) })
        {
            var blind = Score.Of(leaves.Where(leaf => leaf.Set == set));
            Assert.True(blind.WrongShare <= wrong, $"{set}: wrong {blind.WrongShare:P2}");
            Assert.True(blind.F1 >= least, $"{set}: F1 {blind.F1:P2}");
        }

        Assert.True(tuned.F1 >= 0.97, $"F1 {tuned.F1:P2}");
        Assert.True(tuned.WrongShare <= 0.003, $"wrong {tuned.WrongShare:P2}");
        Assert.True(heldOut.F1 >= 0.93, $"held out: F1 {heldOut.F1:P2}");
        Assert.True(heldOut.WrongShare <= 0.01, $"held out: wrong {heldOut.WrongShare:P2}");
    }
}
