using System.Xml.Linq;
using Guichet.Local;
using Xunit;

namespace Guichet.Pipeline.Tests.Architecture;

/// <summary>Who may depend on whom, held against the project files.</summary>
public sealed class LayersFacts
{
    private static string[] References(string element, params string[] path) =>
    [
        .. XDocument.Load(RepositoryFolder.Path(path)).Descendants(element)
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [InlineData("Guichet.Core")]
    [InlineData("Guichet.Documents", "Guichet.Core")]
    [InlineData("Guichet.Mail", "Guichet.Core")]
    [InlineData("Guichet.Pages", "Guichet.Core")]
    [InlineData("Guichet.Storage", "Guichet.Core")]
    [InlineData("Guichet.Functions", "Guichet.Core", "Guichet.Documents", "Guichet.Mail", "Guichet.Pages", "Guichet.Storage")]
    public void A_project_depends_on_what_its_layer_may_know(string project, params string[] may) =>
        Assert.Equal(may, References("ProjectReference", "functions", project, $"{project}.csproj"));

    [Fact]
    public void What_stands_in_for_azure_runs_the_app_from_outside() =>
        Assert.Equal(["Guichet.Core", "Guichet.Documents", "Guichet.Mail"], References("ProjectReference", "infra", "local", "Guichet.Local.csproj"));

    [Fact]
    public void Core_knows_dates_and_holidays_and_nothing_that_does_input_or_output() =>
        Assert.Equal(["NodaTime", "NodaTime.Serialization.SystemTextJson", "PublicHoliday"], XDocument
            .Load(RepositoryFolder.Path("functions", "Guichet.Core", "Guichet.Core.csproj")).Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value));

    [Fact]
    public void Core_asks_no_clock_no_chance_and_no_file_for_anything()
    {
        string[] forbidden = ["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.UtcNow", "DateTimeOffset.Now", "SystemClock", "Guid.NewGuid", "new Random", "Random.Shared", "RandomNumberGenerator", "File.", "HttpClient", "Environment."];
        var sources = Directory.EnumerateFiles(RepositoryFolder.Path("functions", "Guichet.Core"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        Assert.All(sources, file => Assert.All(forbidden, word => Assert.DoesNotMatch($@"(?<![\w.]){System.Text.RegularExpressions.Regex.Escape(word)}", File.ReadAllText(file))));
    }

    [Fact]
    public void The_environment_makes_the_containers_and_tables_that_the_app_names()
    {
        Assert.Equal(Guichet.Storage.StorageNames.Containers, Local.Azurite.StorageLayout.Containers);
        Assert.Equal(Guichet.Storage.StorageNames.Tables, Local.Azurite.StorageLayout.Tables);
        Assert.Equal(Guichet.Storage.StorageNames.OfficeTables, Local.Azurite.StorageLayout.OfficeTables);
    }
}
