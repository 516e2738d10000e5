using System.Text;

namespace Guichet.Documents.Formats;

/// <summary>What sets text off from the text around it.</summary>
[Flags]
internal enum SetOff
{
    None = 0,
    Bold = 1,
    Slanted = 2,
}

/// <summary>How a paragraph is set off, told run by run as its text is written.</summary>
/// <param name="text">What is written so far.</param>
internal sealed class Emphasis(StringBuilder text)
{
    private SetOff common = SetOff.Bold | SetOff.Slanted;
    private SetOff lead = SetOff.Bold | SetOff.Slanted;
    private int leadEnd;
    private bool isLeading = true;

    public bool IsBold => common.HasFlag(SetOff.Bold);

    public bool IsSlanted => common.HasFlag(SetOff.Slanted);

    /// <summary>What the paragraph opens with, set off where the rest is not; null where there is none.</summary>
    public string? Lead => common is SetOff.None && leadEnd > 0 && text.ToString(0, leadEnd).Trim() is { Length: > 0 } words ? words : null;

    /// <summary>A run has been written.</summary>
    public void Add(string run, SetOff setOff)
    {
        if (string.IsNullOrWhiteSpace(run))
        {
            return;
        }

        common &= setOff;
        isLeading &= (lead & setOff) is not SetOff.None;
        if (isLeading)
        {
            lead &= setOff;
            leadEnd = text.Length;
        }
    }
}
