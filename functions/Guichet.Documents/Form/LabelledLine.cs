using System.Text.RegularExpressions;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Lines that hold a label and its value.</summary>
internal static partial class LabelledLine
{
    /// <summary>The parts of a line on which several labels have their value each, far apart.</summary>
    public static IEnumerable<string> SideBySide(string line)
    {
        var start = 0;
        for (var colon = line.IndexOf(':', StringComparison.Ordinal); colon >= 0;)
        {
            var next = NextLabel().Match(line, colon + 1);
            if (!next.Success)
            {
                break;
            }

            yield return line[start..next.Index].Trim();
            start = next.Index;
            colon = line.IndexOf(':', next.Index);
        }

        if (line[start..].Trim() is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    /// <summary>Label and value of a line: apart by a colon, a tab, or a row of dots.</summary>
    public static (string Label, string Value)? Split(string line)
    {
        var at = line.AsSpan(0, Math.Min(line.Length, 140)).IndexOfAny(':', '\t');
        if (at > 0 && line[at] == ':' && at + 2 < line.Length && line[at + 1] == '/' && line[at + 2] == '/')
        {
            return null;
        }

        return at > 0 ? (line[..at].Trim(), line[(at + 1)..].Trim(' ', '\t', ':', '.', '…', '_') is { Length: 0 } ? "" : line[(at + 1)..].Trim()) : null;
    }

    /// <summary>« <b>Acronyme.</b> PLAGE »: what a paragraph opens with is its label, where it ends as one.</summary>
    public static (string Label, string Value)? OfLead(Paragraph paragraph)
    {
        if (paragraph.Lead is not { Length: < 90 } lead || !paragraph.Text.StartsWith(lead, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = paragraph.Text[lead.Length..].TrimStart();
        if (lead[^1] is not ('.' or ':' or '?' or '–' or '—') && rest is not [':' or '–' or '—' or '-', ..])
        {
            return null;
        }

        var (label, value) = (lead.TrimEnd('.', ':', '–', '—', ' ', '\u00A0'), rest.TrimStart(':', '–', '—', '-', ' ', '\u00A0'));
        return label.Length == 0 || value.Length == 0 || FrenchAnswer.Normalize(value).AsSpan().IndexOfAny(FrenchAnswer.Ticked, FrenchAnswer.Unticked) >= 0 ? null : (label, value);
    }

    [GeneratedRegex(@"(?:\s{3,8}|\t)(?=\p{L}[^:\n]{1,60}\s?:\s?\S)")]
    private static partial Regex NextLabel();
}
