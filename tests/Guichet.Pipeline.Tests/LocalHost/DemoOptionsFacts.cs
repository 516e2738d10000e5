using Guichet.Local;
using Guichet.Local.Commands;
using Xunit;

namespace Guichet.Pipeline.Tests.LocalHost;

public sealed class DemoOptionsFacts
{
    [Fact]
    public void Are_all_optional() => Assert.Equal(new DemoOptions(), DemoOptions.Read([]));

    [Fact]
    public void Come_in_any_order() =>
        Assert.Equal(new DemoOptions { Port = 8000, Once = true, Fresh = true }, DemoOptions.Read(["demo", "--fresh", "--port", "8000", "--once"]));

    [Theory]
    [InlineData("--onec")]
    [InlineData("--port")]
    [InlineData("--port", "abc")]
    [InlineData("--port", "0")]
    [InlineData("--port", "65535")]
    public void Are_refused_with_the_usage(params string[] args) =>
        Assert.Contains(DemoOptions.Usage, Assert.Throws<LocalProblemException>(() => DemoOptions.Read(args)).Message, StringComparison.Ordinal);
}
