using System.Globalization;
using System.Text.Json;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;
using NodaTime;
using NodaTime.Text;

namespace Guichet.Documents.Formats;

/// <summary>A dossier as the API of démarche.numerique gives it: every <i>champ</i> is a label and its answer, every repeated block a table.</summary>
internal sealed class DemarcheJsonReader(ReadingBounds bounds)
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    private readonly TextBudget budget = new(bounds);
    private readonly List<Block> blocks = [];
    private readonly List<Remark> remarks = [];

    /// <exception cref="UnreadableFile">No JSON, or not that of a dossier.</exception>
    public static DocumentModel Read(Stream content, ReadingBounds bounds)
    {
        try
        {
            using var json = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = bounds.Nesting, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return new DemarcheJsonReader(bounds).Read(json.RootElement);
        }
        catch (JsonException)
        {
            throw UnreadableFile.Damaged("JSON");
        }
    }

    private DocumentModel Read(JsonElement root)
    {
        if (Get(root, "errors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0)
        {
            var code = Text(Get(Get(errors[0], "extensions"), "code")) ?? Text(Get(errors[0], "message")) ?? "inconnue";
            throw new UnreadableFile("REPONSE-EN-ERREUR", $"Cette réponse de l’API est une erreur ({FrenchText.OneLine(code)}) et ses données peuvent être partielles : exportez de nouveau le dossier.");
        }

        if (Text(Get(root, "type")) is "FeatureCollection" or "Feature")
        {
            throw new UnreadableFile("EXPORT-CARTE", "Ce fichier est l’export GeoJSON des cartes du dossier : envoyez la réponse de l’API (getDossier), ou le formulaire au format DOCX, ODT ou PDF.");
        }

        var dossiers = Dossiers(root).ToList();
        if (dossiers.Count == 0)
        {
            throw new UnreadableFile("FORMAT-INCONNU", "Ce fichier JSON n’est pas un dossier de démarche.numerique : envoyez la réponse de l’API (getDossier), ou le formulaire au format DOCX, ODT ou PDF.");
        }

        if (dossiers.Count > 1)
        {
            throw new UnreadableFile("PLUSIEURS-DOSSIERS", $"Ce fichier JSON contient {dossiers.Count} dossiers : envoyez-en un seul par dépôt.");
        }

        Dossier(dossiers[0]);
        return new DocumentModel(PieceKind.Json, [.. blocks]) { Remarks = [.. remarks, .. budget.Remarks] };
    }

    private static IEnumerable<JsonElement> Dossiers(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return root.EnumerateArray().SelectMany(Dossiers);
        }

        if (Get(root, "champs") is { ValueKind: JsonValueKind.Array } || Get(root, "demandeur") is not null && Get(root, "number") is not null)
        {
            return [root];
        }

        var data = Get(root, "data") ?? root;
        if (Get(data, "dossier") is { ValueKind: JsonValueKind.Object } one)
        {
            return [one];
        }

        var holder = Get(data, "demarche") ?? Get(data, "groupeInstructeur") ?? data;
        return Get(Get(holder, "dossiers"), "nodes") is { ValueKind: JsonValueKind.Array } nodes ? nodes.EnumerateArray().Where(node => node.ValueKind == JsonValueKind.Object) : [];
    }

    private void Dossier(JsonElement dossier)
    {
        if (Get(dossier, "demandeur") is { } applicant)
        {
            Applicant(applicant);
        }

        if (Text(Get(Get(dossier, "usager"), "email")) is { Length: > 0 } email)
        {
            blocks.Add(new Answer("Courriel", email, "usager") { Field = Fields.ContactEmail, Authority = 0 });
        }

        if (Get(dossier, "champs") is not { ValueKind: JsonValueKind.Array } champs)
        {
            remarks.Add(new Remark("CHAMPS-ABSENTS", PieceSeverity.Blocking, null, "Ce dossier ne contient pas ses champs : exportez-le de nouveau avec les champs du formulaire."));
            return;
        }

        foreach (var champ in champs.EnumerateArray())
        {
            Champ(champ);
        }
    }

    private void Applicant(JsonElement applicant)
    {
        void Add(Field field, JsonElement? value)
        {
            if (Text(value) is { Length: > 0 } text)
            {
                blocks.Add(new Answer(field.Label, text, "demandeur") { Field = field });
            }
        }

        Add(Fields.ApplicantSiret, Get(applicant, "siret"));
        var company = Get(applicant, "entreprise");
        Add(Fields.ApplicantName, Text(Get(company, "raisonSociale")) is { Length: > 0 } ? Get(company, "raisonSociale") : Get(company, "nomCommercial"));
        Add(Fields.ApplicantLegalCategory, Get(company, "formeJuridiqueCode") ?? Get(company, "formeJuridique"));
        if (Text(Get(applicant, "__typename")) is "PersonnePhysique")
        {
            remarks.Add(new Remark("DEMANDEUR-PARTICULIER", PieceSeverity.Reserve, "demandeur", "Le demandeur est une personne physique : le dossier doit être déposé au nom d’une administration."));
        }
    }

    private void Champ(JsonElement champ)
    {
        var label = FrenchText.OneLine(Text(Get(champ, "label")) ?? "");
        var type = Text(Get(champ, "__typename")) ?? "";
        if (type == "HeaderSectionChamp")
        {
            blocks.Add(new Heading(Get(champ, "level") is { ValueKind: JsonValueKind.Number } level && level.TryGetInt32(out var depth) ? Math.Clamp(depth, 1, 9) : 1, label, $"section {FrenchText.Quote(label)}"));
        }
        else if (type == "RepetitionChamp")
        {
            Repetition(champ, label);
        }
        else if (type == "PieceJustificativeChamp")
        {
            Files(champ, label);
        }
        else if (type is not ("ExplicationChamp" or "TitreIdentiteChamp" or "CarteChamp") && Value(champ, type) is { } cell && budget.Take(cell.Text.Length + label.Length))
        {
            blocks.Add(new Answer(label, cell.Text, $"champ {FrenchText.Quote(label)}") { Number = cell.Number, Date = cell.Date });
        }
    }

    private void Repetition(JsonElement champ, string label)
    {
        if (Get(champ, "rows") is not { ValueKind: JsonValueKind.Array } rows)
        {
            return;
        }

        var columns = new List<(string Key, string Label)>();
        var table = new List<Row>();
        var number = 0;
        foreach (var row in rows.EnumerateArray())
        {
            number++;
            var cells = new SortedDictionary<int, Cell>();
            foreach (var inner in Get(row, "champs") is { ValueKind: JsonValueKind.Array } champs ? champs.EnumerateArray() : default)
            {
                var name = FrenchText.OneLine(Text(Get(inner, "label")) ?? "");
                var key = Text(Get(inner, "champDescriptorId")) ?? name;
                var column = columns.FindIndex(known => known.Key == key);
                if (column < 0)
                {
                    column = columns.Count;
                    columns.Add((key, name));
                }

                if (Value(inner, Text(Get(inner, "__typename")) ?? "") is { Text.Length: > 0 } cell && budget.TakeCell(cell.Text.Length))
                {
                    cells[column] = cell with { Column = column, Place = $"bloc {FrenchText.Quote(label)}, ligne {number}" };
                }
            }

            table.Add(new Row([.. cells.Values]));
        }

        var headings = new Row([.. columns.Select((column, i) => new Cell(i, column.Label, $"bloc {FrenchText.Quote(label)}"))]);
        blocks.Add(new Table($"bloc {FrenchText.Quote(label)}", [headings, .. table.Where(row => !row.Cells.IsEmpty)]) { Title = label });
    }

    private void Files(JsonElement champ, string label)
    {
        foreach (var file in Get(champ, "files") is { ValueKind: JsonValueKind.Array } files ? files.EnumerateArray() : default)
        {
            var name = FrenchText.OneLine(Text(Get(file, "filename")) ?? "");
            remarks.Add(new Remark("PIECE-CITEE", PieceSeverity.Info, $"champ {FrenchText.Quote(label)}", $"La pièce {FrenchText.Quote(name)} est citée et non jointe : déposez-la à côté de ce fichier."));
        }
    }

    /// <summary>The answer of a champ: its own key, then <c>value</c>, then what is only for display.</summary>
    private static Cell? Value(JsonElement champ, string type)
    {
        var display = Text(Get(champ, "stringValue")) ?? "";
        Cell Said(string text) => new(0, text, "");
        switch (type)
        {
            case "DecimalNumberChamp" or "IntegerNumberChamp":
                var raw = Text(Get(champ, type == "DecimalNumberChamp" ? "decimalNumber" : "integerNumber") ?? Get(champ, "value")) ?? display;
                return decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Said(raw) with { Number = number } : Said(raw);
            case "CheckboxChamp" or "YesNoChamp":
                var answer = Get(champ, type == "CheckboxChamp" ? "checked" : "selected") ?? Get(champ, "value");
                return answer?.ValueKind switch
                {
                    JsonValueKind.True => Said("oui"),
                    JsonValueKind.False => Said("non"),
                    _ => Said(display switch { "true" => "oui", "false" => "non", _ => "" }),
                };
            case "DateChamp" or "DatetimeChamp":
                return Date(Text(Get(champ, type == "DateChamp" ? "date" : "datetime") ?? Get(champ, "value"))) is { } date
                    ? Said(display.Length > 0 ? display : date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)) with { Date = date }
                    : Said(display);
            case "MultipleDropDownListChamp":
                return Get(champ, "values") is { ValueKind: JsonValueKind.Array } values
                    ? Said(string.Join('\n', values.EnumerateArray().Select(value => $"☒ {Text(value)}")))
                    : Said(display);
            case "LinkedDropDownListChamp":
                return Said(Text(Get(champ, "secondaryValue")) is { Length: > 0 } second ? $"{Text(Get(champ, "primaryValue"))} / {second}" : Text(Get(champ, "primaryValue")) ?? display);
            case "SiretChamp":
                return Said(Text(Get(Get(champ, "etablissement"), "siret")) ?? display);
            default:
                return Said(Text(Get(champ, "value")) ?? display);
        }
    }

    private static LocalDate? Date(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } ? date
            : OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value: var instant } ? instant.InZone(Paris).Date
            : null;
    }

    private static JsonElement? Get(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    private static string? Text(JsonElement? element) => element?.ValueKind switch
    {
        JsonValueKind.String => element.Value.GetString(),
        JsonValueKind.Number => element.Value.GetRawText(),
        _ => null,
    };
}
