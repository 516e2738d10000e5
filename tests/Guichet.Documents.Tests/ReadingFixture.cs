using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests;

[assembly: Xunit.AssemblyFixture(typeof(ReadingFixture))]

namespace Guichet.Documents.Tests;

/// <summary>Warm readers for every test, and a folder that goes with them.</summary>
public sealed class ReadingFixture : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("guichet-documents-");

    public ReaderPool Pool { get; } = new();

    public string Save(byte[] content)
    {
        var path = Path.Combine(folder.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, content);
        return path;
    }

    public async Task<PieceExtract> Read(byte[] content, string fileName, FormWords? words = null) =>
        await Pool.Read(Save(content), fileName, words ?? FormWords.None, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Pool.Dispose();
        folder.Delete(recursive: true);
    }
}

/// <summary>What tests ask of an extract.</summary>
internal static class Extracts
{
    public static T? Value<T>(this PieceExtract extract, Field<T> field) =>
        extract.Values.SingleOrDefault(value => value.Field == field) is { } found ? (T)found.Value : default;

    public static FieldValue? Of(this PieceExtract extract, Field field) => extract.Values.SingleOrDefault(value => value.Field == field);

    public static PieceFinding? Finding(this PieceExtract extract, string id) => extract.Findings.FirstOrDefault(finding => finding.Id == id);
}
