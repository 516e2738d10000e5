using System.Diagnostics;
using System.Text.Json;
using Guichet.Local;
using Xunit;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>
/// What is published to Azure is the app that is tested here, but for one attribute. The official extension is not on every feed, so what it
/// generates is held against what its source says; the workflow of tests compares both where a feed serves it.
/// </summary>
public sealed class PackageFacts
{
    [Fact]
    public void The_bus_triggers_carry_what_the_official_attribute_does_and_nothing_else() => Assert.All(BuiltApp.Of("serviceBusTrigger"), trigger =>
    {
        Assert.Equal(["cardinality", "connection", "dataType", "direction", "name", "properties", "queueName", "type"], trigger.EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal));
        // The attribute's IsBatched is false unless set; a text parameter needs none of its converters, so that the package adds no property.
        Assert.Equal(("One", "String", "In"), (trigger.Text("cardinality"), trigger.Text("dataType"), trigger.Text("direction")));
        Assert.Empty(trigger.GetProperty("properties").EnumerateObject());
    });

    [Fact]
    public async Task The_package_takes_the_official_extension_and_leaves_the_stand_in_out()
    {
        var published = await Evaluate("-p:PublishProfile=azure");
        Assert.Contains("Microsoft.Azure.Functions.Worker.Extensions.ServiceBus", Items(published, "PackageReference"));
        Assert.DoesNotContain("ServiceBusTriggerAttribute.cs", Items(published, "Compile"));
        Assert.Equal(("true", "linux-x64", "false"), (Property(published, "PublishReadyToRun"), Property(published, "RuntimeIdentifier"), Property(published, "SelfContained")));

        var built = await Evaluate("-p:Configuration=Release");
        Assert.DoesNotContain("Microsoft.Azure.Functions.Worker.Extensions.ServiceBus", Items(built, "PackageReference"));
        Assert.Contains("ServiceBusTriggerAttribute.cs", Items(built, "Compile"));
    }

    private static IEnumerable<string> Items(JsonElement evaluated, string kind) => evaluated.GetProperty("Items").GetProperty(kind).EnumerateArray().Select(one => one.Text("Identity"));

    private static string Property(JsonElement evaluated, string name) => evaluated.GetProperty("Properties").Text(name);

    private static async Task<JsonElement> Evaluate(string property)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["msbuild", RepositoryFolder.Path("functions", "Guichet.Functions"), property, "-getItem:PackageReference,Compile", "-getProperty:PublishReadyToRun,RuntimeIdentifier,SelfContained"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(output).RootElement;
    }
}
