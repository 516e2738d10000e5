using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Guichet.Documents.Tests.Measuring;

/// <summary>Ways of spoiling a file, from the bytes of any format to the structure of those that are made of parts.</summary>
internal static partial class Mutations
{
    public static byte[] Of(byte[] content, IReadOnlyList<byte[]> others, Random random)
    {
        var isPackage = content is [0x50, 0x4B, ..];
        return random.Next(isPackage ? 10 : 6) switch
        {
            0 => content[..random.Next(content.Length)],
            1 => Flip(content, random, 1 + random.Next(32)),
            2 => Splice(content, others[random.Next(others.Count)], random),
            3 => Repeat(content, random),
            4 => Cut(content, random),
            5 => Numbers(content, random),
            _ => Package(content, random),
        };
    }

    private static byte[] Flip(byte[] content, Random random, int times)
    {
        var spoilt = (byte[])content.Clone();
        for (var i = 0; i < times; i++)
        {
            spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
        }

        return spoilt;
    }

    private static byte[] Splice(byte[] content, byte[] other, Random random) => [.. content[..random.Next(content.Length)], .. other[random.Next(other.Length)..]];

    private static byte[] Repeat(byte[] content, Random random)
    {
        var at = random.Next(content.Length);
        var length = Math.Min(random.Next(1, 4096), content.Length - at);
        return [.. content[..at], .. Enumerable.Repeat(content[at..(at + length)], random.Next(2, 40)).SelectMany(bytes => bytes), .. content[at..]];
    }

    private static byte[] Cut(byte[] content, Random random)
    {
        var at = random.Next(content.Length);
        return [.. content[..at], .. content[Math.Min(content.Length, at + random.Next(1, 2048))..]];
    }

    /// <summary>Numbers are lengths, offsets and references: one made huge, negative or nought is what parsers trip on.</summary>
    private static byte[] Numbers(byte[] content, Random random)
    {
        string[] replacements = ["0", "-1", "99999999", "2147483647", "4294967296", "1e309"];
        var text = Encoding.Latin1.GetString(content);
        var numbers = Number().Matches(text);
        if (numbers.Count == 0)
        {
            return Flip(content, random, 4);
        }

        var number = numbers[random.Next(numbers.Count)];
        return Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, number.Index), replacements[random.Next(replacements.Length)], text.AsSpan(number.Index + number.Length)));
    }

    /// <summary>One part of a package spoilt, the package itself left sound.</summary>
    private static byte[] Package(byte[] content, Random random)
    {
        try
        {
            var made = new MemoryStream();
            using (var source = new ZipArchive(new MemoryStream(content)))
            using (var target = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
            {
                var chosen = random.Next(source.Entries.Count);
                for (var i = 0; i < source.Entries.Count; i++)
                {
                    var part = new MemoryStream();
                    using (var stream = source.Entries[i].Open())
                    {
                        stream.CopyTo(part);
                    }

                    var bytes = part.ToArray();
                    if (i == chosen && bytes.Length > 0)
                    {
                        bytes = random.Next(5) switch
                        {
                            0 => [],
                            1 => Flip(bytes, random, 8),
                            2 => Numbers(bytes, random),
                            3 => Elements(bytes, random),
                            _ => Repeat(bytes, random),
                        };
                    }

                    using var written = target.CreateEntry(source.Entries[i].FullName).Open();
                    written.Write(bytes);
                }
            }

            return made.ToArray();
        }
        catch (InvalidDataException)
        {
            return Flip(content, random, 8);
        }
    }

    /// <summary>An element taken away, doubled, or put into itself many times over.</summary>
    private static byte[] Elements(byte[] bytes, Random random)
    {
        var xml = Encoding.UTF8.GetString(bytes);
        var elements = Element().Matches(xml);
        if (elements.Count == 0)
        {
            return Flip(bytes, random, 4);
        }

        var element = elements[random.Next(elements.Count)];
        var depth = random.Next(2, 3_000);
        var (open, close) = ($"<{element.Groups[1].Value}>", $"</{element.Groups[1].Value}>");
        var replacement = random.Next(3) switch
        {
            0 => "",
            1 => element.Value + element.Value,
            _ => string.Concat(Enumerable.Repeat(open, depth)) + element.Value + string.Concat(Enumerable.Repeat(close, depth)),
        };
        return Encoding.UTF8.GetBytes(string.Concat(xml.AsSpan(0, element.Index), replacement, xml.AsSpan(element.Index + element.Length)));
    }

    [GeneratedRegex(@"\d{1,9}")]
    private static partial Regex Number();

    [GeneratedRegex(@"<([\w:]+)(?:\s[^<>]*)?(?:/>|>[^<]*</\1>)")]
    private static partial Regex Element();
}
