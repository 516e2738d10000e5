using System.Text;

namespace Guichet.Documents.Formats;

/// <summary>How a text file is written: its encoding, and what stands between its columns.</summary>
internal static class CsvText
{
    private const string Delimiters = ";\t|,";

    /// <summary>The text, in the encoding that its bytes are valid in: French programs still write Windows-1252 without saying so.</summary>
    public static StreamReader Open(Stream content)
    {
        content.Position = 0;
        var encoding = IsUtf8(content) ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        content.Position = 0;
        return new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);
    }

    /// <summary>What stands between the columns, or null where the text has none: it is then read line by line.</summary>
    public static char? Delimiter(string sample)
    {
        var lines = Lines(sample);
        if (lines.Count > 0 && lines[0] is ['s', 'e', 'p', '=', var said])
        {
            return said;
        }

        var best = (Delimiter: default(char?), Score: 1);
        foreach (var delimiter in Delimiters)
        {
            var counts = lines.Select(line => Count(line, delimiter)).Where(count => count > 0).ToList();
            // The number of columns that comes most often is that of the table; a comma of a sentence comes as it pleases.
            var score = counts.GroupBy(count => count).Select(same => same.Count()).DefaultIfEmpty().Max();
            if (score > best.Score && score * 3 >= lines.Count || lines.Count == 1 && score == 1 && best.Delimiter is null)
            {
                best = (delimiter, score);
            }
        }

        return best.Delimiter;
    }

    private static List<string> Lines(string sample) => [.. sample.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Trim(' ', ';', ',', '\t', '|').Length > 0).Take(200)];

    private static int Count(string line, char delimiter)
    {
        var (count, quoted) = (0, false);
        for (var i = 0; i < line.Length; i++)
        {
            quoted ^= line[i] == '"';
            // « 1 234,56 » and « 1,5 » are numbers, « a,b » is two columns.
            if (!quoted && line[i] == delimiter && !(delimiter == ',' && i + 1 < line.Length && line[i + 1] == ' '))
            {
                count++;
            }
        }

        return count;
    }

    private static bool IsUtf8(Stream content)
    {
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[1 << 16];
        var chars = new char[(1 << 16) + 1];
        try
        {
            while (content.Read(bytes) is var read and > 0)
            {
                decoder.GetChars(bytes, 0, read, chars, 0, flush: false);
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
