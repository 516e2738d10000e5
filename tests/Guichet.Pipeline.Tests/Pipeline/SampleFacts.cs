using System.Text.Json;
using Guichet.Local;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class SampleFacts(GuichetFixture guichet)
{
    public static TheoryData<string> Samples =>
    [
        .. Directory.EnumerateFiles(RepositoryFolder.Path("infra", "local", "samples"), "expected.json", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)),
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_sample_ends_as_it_is_meant_to(string sample)
    {
        var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(RepositoryFolder.Path("infra", "local", "samples", sample, "expected.json"))).RootElement;
        var porteur = await Porteur.New(guichet).Deposit(Pipeline.Samples.Of(sample));
        await porteur.Until(expected.GetProperty("status").GetString()!);
    }
}
