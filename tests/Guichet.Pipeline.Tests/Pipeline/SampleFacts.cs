using System.Text.Json;
using Guichet.Local;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class SampleFacts(GuichetFixture guichet)
{
    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllBytes(RepositoryFolder.Path("infra", "local", "samples", "expected.json"))).RootElement;

    public static TheoryData<string> Names => [.. Expected.EnumerateObject().Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_sample_ends_as_it_is_meant_to(string sample)
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of(sample));
        await porteur.Until(Expected.GetProperty(sample).GetProperty("status").GetString()!);
    }
}
