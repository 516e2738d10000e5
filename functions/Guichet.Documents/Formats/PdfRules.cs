using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace Guichet.Documents.Formats;

/// <summary>A straight line drawn on the page, upright or level.</summary>
/// <param name="At">Its x where it is upright, its y where it is level.</param>
internal sealed record PdfRule(bool IsUpright, double At, double From, double To);

/// <summary>The lines that borders of tables are drawn with, however a program draws them.</summary>
internal static class PdfRules
{
    /// <summary>A page that draws more is a map or a chart.</summary>
    private const int Most = 4_000;

    private const double Thin = 3;

    public static IReadOnlyList<PdfRule> Of(Page page)
    {
        var rules = new List<PdfRule>();
        foreach (var path in page.Paths)
        {
            if (path.IsClipping || !path.IsStroked && !path.IsFilled)
            {
                continue;
            }

            foreach (var part in path)
            {
                if (part.Commands.Any(command => command is PdfSubpath.CubicBezierCurve or PdfSubpath.QuadraticBezierCurve))
                {
                    continue;
                }

                Add(rules, part, path.IsStroked);
                if (rules.Count > Most)
                {
                    return [];
                }
            }
        }

        return Joined(rules);
    }

    private static void Add(List<PdfRule> rules, PdfSubpath part, bool isStroked)
    {
        if (part.GetBoundingRectangle() is not { } box)
        {
            return;
        }

        if (box.Height <= Thin && box.Width > 5)
        {
            rules.Add(new PdfRule(false, (box.Bottom + box.Top) / 2, box.Left, box.Right));
        }
        else if (box.Width <= Thin && box.Height > 5)
        {
            rules.Add(new PdfRule(true, (box.Left + box.Right) / 2, box.Bottom, box.Top));
        }
        else if (isStroked)
        {
            foreach (var line in part.Commands.OfType<PdfSubpath.Line>())
            {
                if (Math.Abs(line.From.Y - line.To.Y) < 1 && line.Length > 5)
                {
                    rules.Add(new PdfRule(false, line.From.Y, Math.Min(line.From.X, line.To.X), Math.Max(line.From.X, line.To.X)));
                }
                else if (Math.Abs(line.From.X - line.To.X) < 1 && line.Length > 5)
                {
                    rules.Add(new PdfRule(true, line.From.X, Math.Min(line.From.Y, line.To.Y), Math.Max(line.From.Y, line.To.Y)));
                }
            }

            if (part.IsDrawnAsRectangle)
            {
                rules.AddRange([new(false, box.Bottom, box.Left, box.Right), new(false, box.Top, box.Left, box.Right), new(true, box.Left, box.Bottom, box.Top), new(true, box.Right, box.Bottom, box.Top)]);
            }
        }
    }

    /// <summary>Pieces of one line, a cell each, made one.</summary>
    private static List<PdfRule> Joined(List<PdfRule> rules)
    {
        var joined = new List<PdfRule>();
        foreach (var rule in rules.OrderBy(rule => rule.IsUpright).ThenBy(rule => Math.Round(rule.At)).ThenBy(rule => rule.From))
        {
            var same = joined.FindLastIndex(other => other.IsUpright == rule.IsUpright && Math.Abs(other.At - rule.At) <= 1.6 && rule.From <= other.To + 3 && rule.To >= other.From - 3);
            if (same < 0)
            {
                joined.Add(rule);
            }
            else
            {
                joined[same] = joined[same] with { From = Math.Min(joined[same].From, rule.From), To = Math.Max(joined[same].To, rule.To) };
            }
        }

        return joined;
    }
}
