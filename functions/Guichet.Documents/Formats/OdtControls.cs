using System.Xml.Linq;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>The form controls of a text document: boxes, lists and fields that the page only points to.</summary>
internal sealed class OdtControls
{
    private readonly Dictionary<string, XElement> byId = [];

    public void Add(XElement forms)
    {
        foreach (var control in forms.Descendants().Where(element => element.Name.Namespace == Odf.Form))
        {
            if ((control.Attribute(XNamespace.Xml + "id") ?? control.Attribute(Odf.Form + "id"))?.Value is { } id)
            {
                byId[id] = control;
            }
        }
    }

    /// <summary>What a control shows, and its help text where that names it.</summary>
    public (string? Label, string Text) Find(string? id)
    {
        if (id is null || !byId.TryGetValue(id, out var control))
        {
            return (null, "");
        }

        string Says(string attribute) => FrenchText.OneLine(control.Attribute(Odf.Form + attribute)?.Value ?? "");
        var text = control.Name.LocalName switch
        {
            "checkbox" => $"{((Says("current-state") is { Length: > 0 } now ? now : Says("state")) == "checked" ? "☒" : "☐")} {Says("label")} ",
            "radio" => $"{((Says("current-selected") is { Length: > 0 } now ? now : Says("selected")) == "true" ? "☒" : "☐")} {Says("label")} ",
            "listbox" => string.Join(", ", control.Elements(Odf.Form + "option").Where(option => option.Attribute(Odf.Form + "current-selected")?.Value == "true")
                .Select(option => option.Attribute(Odf.Form + "label")?.Value)),
            "text" or "textarea" or "formatted-text" or "combobox" or "date" or "number" => Says("current-value") is { Length: > 0 } now ? now : Says("value"),
            _ => "",
        };
        return (Says("title") is { Length: > 2 } title && control.Name.LocalName is not ("button" or "fixed-text") ? title : null, text);
    }

    /// <summary>Whether the check box of a field mark is ticked; null where the mark is no box.</summary>
    public static bool? IsTicked(XElement mark) =>
        mark.Attribute(Odf.Field + "type")?.Value.EndsWith(".FORMCHECKBOX", StringComparison.Ordinal) == true
            ? mark.Elements(Odf.Field + "param").Any(param => param.Attribute(Odf.Field + "name")?.Value == "Checkbox_Checked" && param.Attribute(Odf.Field + "value")?.Value == "true")
            : null;
}
