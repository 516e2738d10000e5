using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Guichet.Documents.Formats;

/// <summary>
/// The package of a DOCX: its parts as XML without DTDs, what each expands to bounded. Parts are found by the relationships that the file
/// declares, as the program that saved it may call them anything.
/// </summary>
internal sealed class DocxPackage
{
    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 0,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = true,
    };

    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly ReadingBounds bounds;
    private readonly List<Related> ofFile;
    private readonly List<Related> ofMain;

    private DocxPackage(ZipArchive archive, ReadingBounds bounds)
    {
        this.bounds = bounds;
        foreach (var entry in archive.Entries)
        {
            entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }

        ofFile = Relationships("");
        var main = ofFile.Find(related => related.Type == "officeDocument").Name ?? throw UnreadableFile.Damaged("Word");
        Main = Part(main) ?? throw UnreadableFile.Damaged("Word");
        ofMain = Relationships(main);
    }

    /// <summary>The root of the document itself.</summary>
    public XElement Main { get; }

    /// <summary>Whether the document carries macros.</summary>
    public bool HasMacros => ofMain.Exists(related => related.Type == "vbaProject");

    /// <summary>How many pages the program that saved the file counted; null where it says none.</summary>
    public int? Pages
    {
        get
        {
            var name = ofFile.Find(related => related.Type is "extended-properties" or "extendedProperties").Name;
            var said = name is null ? null : Part(name)?.Elements().FirstOrDefault(property => property.Name.LocalName == "Pages")?.Value;
            return int.TryParse(said, CultureInfo.InvariantCulture, out var pages) && pages > 0 ? pages : null;
        }
    }

    /// <summary>Opens a package, hands it over, and turns all the ways in which it can be wrong into one.</summary>
    /// <exception cref="UnreadableFile">Damaged, or beyond the bounds.</exception>
    public static T Read<T>(Stream content, ReadingBounds bounds, Func<DocxPackage, T> read)
    {
        PackageBounds.Check(content, bounds);
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return read(new DocxPackage(archive, bounds));
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw UnreadableFile.Damaged("Word");
        }
    }

    /// <summary>The roots of the parts that the document names for one use (<c>styles</c>, <c>header</c>), in the order of its relationships.</summary>
    public IEnumerable<XElement> Parts(string type) => ofMain.Where(related => related.Type == type).Select(related => Part(related.Name)).OfType<XElement>();

    /// <summary>A part that another names.</summary>
    /// <param name="Type">The last word of its type, which is the same in transitional and Strict files.</param>
    /// <param name="Name">Its name in the archive.</param>
    private readonly record struct Related(string Type, string Name);

    private XElement? Part(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        using var xml = XmlReader.Create(new BoundedStream(entry.Open(), bounds.FreeExpansion), Safe);
        return XElement.Load(xml);
    }

    /// <param name="part">The name of a part; empty for the file as a whole.</param>
    private List<Related> Relationships(string part)
    {
        var folder = part[..(part.LastIndexOf('/') + 1)];
        var origin = new Uri(new Uri("part:///"), folder);
        var related = new List<Related>();
        foreach (var relationship in Part($"{folder}_rels/{part[folder.Length..]}.rels")?.Elements() ?? [])
        {
            // Links to elsewhere are often no addresses at all, and nobody follows them.
            if (relationship.Said("TargetMode") != "External" && relationship.Said("Type") is { } type && relationship.Said("Target") is { } target &&
                Uri.TryCreate(origin, target, out var at))
            {
                related.Add(new Related(type[(type.LastIndexOf('/') + 1)..], Uri.UnescapeDataString(at.AbsolutePath).TrimStart('/')));
            }
        }

        return related;
    }
}
