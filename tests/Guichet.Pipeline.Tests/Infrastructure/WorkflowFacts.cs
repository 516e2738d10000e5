using System.Text.RegularExpressions;
using Guichet.Local;
using Xunit;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>What GitHub runs knows no secret, and gives the environment all that it asks for.</summary>
public sealed partial class WorkflowFacts
{
    private static readonly Dictionary<string, string> _workflows = Directory.EnumerateFiles(RepositoryFolder.Path(".github", "workflows"), "*.yml")
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);

    [Fact]
    public void No_workflow_holds_a_secret() => Assert.All(_workflows.Values, text => Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal));

    [Fact]
    public void Only_what_deploys_can_be_vouched_for() => Assert.Equal(
        ["deploy.yml", "roll-back.yml"],
        _workflows.Where(one => one.Value.Contains("id-token: write", StringComparison.Ordinal)).Select(one => one.Key).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("dev.bicepparam")]
    [InlineData("production.bicepparam")]
    public void Whatever_an_environment_asks_of_whoever_deploys_it_is_given_by_the_workflow_and_told_in_the_read_me(string parameters)
    {
        var asked = Asked().Matches(File.ReadAllText(Bicep.Source(parameters))).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, name =>
        {
            // Once for what would change, once for the change.
            Assert.Equal(2, Regex.Count(_workflows["deploy.yml"], $@"^ +{name}: \$\{{\{{ vars\.{name} }}}}", RegexOptions.Multiline));
            Assert.Contains($"export {name}=", File.ReadAllText(Bicep.Source("README.md")), StringComparison.Ordinal);
        });
    }

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'")]
    private static partial Regex Asked();
}
