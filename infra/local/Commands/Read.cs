using System.Security.Cryptography;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Eligibility;
using Guichet.Documents;

namespace Guichet.Local.Commands;

/// <summary><c>read PATH...</c>: what the deposit would understand of these files, with the text and the place that each value came from.</summary>
internal static class Read
{
    public const string Usage = "Usage : dotnet run --project infra/local -- read CHEMIN... [--campaign FICHIER] [--json]";

    public static async Task<int> Run(string[] args)
    {
        var options = DossierOptions.Read(args, Usage, "--campaign", "--json");
        using var readers = new ReaderPool(ReadingBounds.Default, Environment.ProcessorCount);
        var reading = options.Paths.Select(path => Of(path, options.Campaign.Form, readers)).ToList();
        for (var i = 0; i < reading.Count; i++)
        {
            if (Say.IsLive && reading.Count > 1)
            {
                await Console.Error.WriteAsync($"\r{i + 1}/{reading.Count} ");
            }

            var dossier = await reading[i];
            if (options.Json)
            {
                Say.Line(JsonSerializer.Serialize(dossier, GuichetJson.Options));
            }
            else
            {
                Print(dossier);
            }
        }

        return 0;
    }

    private static async Task<ReadDossier> Of(string path, FormWords words, ReaderPool readers)
    {
        var read = await Task.WhenAll(DossierPaths.Files(path).Select(file => Piece(path, file, words, readers)));
        var application = GrantApplication.Assemble(read.Select(piece => piece.Extract));
        var fields = application.Values.ToDictionary(
            value => value.Field.Id,
            value => new ReadField(JsonSerializer.SerializeToElement(value.Value, value.Field.ValueType, GuichetJson.Options), value.Source.Text, value.Source.File, value.Source.Place));
        // What one piece lacks another may give; what none gives is said once.
        var findings = read.SelectMany(piece => piece.Extract.Findings)
            .Where(finding => finding is not { Id: "CHAMP-ABSENT", Field: { } field } || !fields.ContainsKey(field))
            .Concat(application.Findings)
            .Select(finding => new ReadFinding(finding.Id, finding.Severity, finding.File, finding.Place, finding.Message));
        return new ReadDossier(path, [.. read.Select(piece => piece.Read)], fields, [.. findings]);
    }

    private static async Task<(ReadFile Read, PieceExtract Extract)> Piece(string path, string file, FormWords words, ReaderPool readers)
    {
        var name = DossierPaths.NameOf(path, file);
        await using var content = File.OpenRead(file);
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
        var (extract, elapsed) = await readers.ReadTimed(file, name, words, CancellationToken.None);
        return (new ReadFile(name, extract.Kind, content.Length, sha256, extract.Pages, Math.Round((decimal)elapsed.TotalMilliseconds, 1)), extract);
    }

    private static void Print(ReadDossier dossier)
    {
        Say.Title(dossier.Dossier);
        foreach (var piece in dossier.Pieces)
        {
            Say.Line($"  {piece.File} : {JsonSerializer.Serialize(piece.Kind, GuichetJson.Options).Trim('"')}, {piece.Bytes} octets{(piece.Pages is { } pages ? $", {pages} page(s)" : "")}, {piece.Milliseconds} ms");
        }

        Say.Line();
        foreach (var field in Fields.All.Where(field => dossier.Fields.ContainsKey(field.Id)))
        {
            var read = dossier.Fields[field.Id];
            Say.Line($"  {field.Label} : {Shown(read.Value)}");
            Say.Line($"      « {Short(read.Text)} » ({read.File}, {read.Place})");
        }

        Say.Line();
        foreach (var finding in dossier.Findings)
        {
            var mark = finding.Severity switch { PieceSeverity.Blocking => '✗', PieceSeverity.Reserve => '!', _ => '·' };
            Say.Line($"  {mark} {finding.Message} ({finding.File}{(finding.Place is null ? "" : $", {finding.Place}")})");
        }
    }

    private static string Shown(JsonElement value) => Short(value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "oui",
        JsonValueKind.False => "non",
        _ => value.GetRawText(),
    });

    private static string Short(string text) => text.ReplaceLineEndings(" ") is { Length: > 160 } line ? string.Concat(line.AsSpan(0, 159), "…") : text.ReplaceLineEndings(" ");

    private sealed record ReadDossier(string Dossier, IReadOnlyList<ReadFile> Pieces, IReadOnlyDictionary<string, ReadField> Fields, IReadOnlyList<ReadFinding> Findings);

    private sealed record ReadFile(string File, PieceKind Kind, long Bytes, string Sha256, int? Pages, decimal Milliseconds);

    private sealed record ReadField(JsonElement Value, string Text, string File, string Place);

    private sealed record ReadFinding(string Id, PieceSeverity Severity, string File, string? Place, string Message);
}
