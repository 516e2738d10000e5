using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;

namespace Guichet.Documents.Formats;

/// <summary>The package of an OpenDocument file: its parts as XML without DTDs, what it expands to bounded.</summary>
internal sealed class OdfPackage : IDisposable
{
    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 0,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    private readonly ZipArchive archive;
    private readonly ReadingBounds bounds;
    private readonly long size;

    private OdfPackage(Stream content, ReadingBounds bounds)
    {
        this.bounds = bounds;
        size = content.Length;
        archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
    }

    /// <summary>Opens a package, hands it over, and turns all the ways in which it can be wrong into one.</summary>
    /// <param name="format">What to call the file where it is damaged.</param>
    /// <exception cref="UnreadableFile">Damaged, encrypted, or beyond the bounds.</exception>
    public static T Read<T>(Stream content, string format, ReadingBounds bounds, Func<OdfPackage, T> read)
    {
        PackageBounds.Check(content, bounds);
        try
        {
            using var package = new OdfPackage(content, bounds);
            return package.IsEncrypted()
                ? throw new UnreadableFile("FICHIER-CHIFFRE", "Ce fichier est protégé par un mot de passe : renvoyez-le sans protection.")
                : read(package);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw UnreadableFile.Damaged(format);
        }
    }

    /// <summary>A part, or null where the package has none of that name.</summary>
    public XmlReader? Part(string name) => archive.GetEntry(name) is { } entry
        ? XmlReader.Create(new BoundedStream(entry.Open(), Math.Max(bounds.FreeExpansion, size * bounds.ExpansionRatio)), Safe)
        : null;

    /// <summary>The number of pages or sheets that the program which saved the file counted.</summary>
    public int? Count(string statistic)
    {
        using var meta = Part("meta.xml");
        while (meta?.Read() == true)
        {
            if (meta is { NodeType: XmlNodeType.Element, LocalName: "document-statistic" })
            {
                return int.TryParse(meta.GetAttribute(statistic, Odf.Meta.NamespaceName), CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null;
            }
        }

        return null;
    }

    /// <summary>What to say of the package itself.</summary>
    public IEnumerable<Remark> Remarks()
    {
        if (archive.Entries.Any(entry => entry.FullName is not "Basic/script-lc.xml" and not "Basic/Standard/script-lb.xml" &&
            (entry.FullName.StartsWith("Basic/", StringComparison.Ordinal) || entry.FullName.StartsWith("Scripts/", StringComparison.Ordinal)) && entry.Length > 0))
        {
            yield return new Remark("MACROS", PieceSeverity.Info, null, "Ce fichier contient des macros : elles n’ont pas été exécutées. Préférez un fichier sans macros.");
        }
    }

    public void Dispose() => archive.Dispose();

    private bool IsEncrypted()
    {
        using var manifest = Part("META-INF/manifest.xml");
        while (manifest?.Read() == true)
        {
            if (manifest is { NodeType: XmlNodeType.Element, LocalName: "encryption-data" })
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The namespaces of OpenDocument, and how its elements are walked.</summary>
internal static class Odf
{
    public static readonly XNamespace Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    public static readonly XNamespace Text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    public static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    public static readonly XNamespace Style = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";
    public static readonly XNamespace Draw = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0";
    public static readonly XNamespace Form = "urn:oasis:names:tc:opendocument:xmlns:form:1.0";
    public static readonly XNamespace Field = "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0";
    public static readonly XNamespace Loext = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0";
    public static readonly XNamespace Meta = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0";
    public static readonly XNamespace Fo = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0";

    /// <summary>The children of the element that the reader stands on, one at a time, each whole.</summary>
    public static IEnumerable<XElement> Children(XmlReader xml)
    {
        var depth = xml.Depth;
        if (xml.IsEmptyElement)
        {
            yield break;
        }

        xml.Read();
        while (!xml.EOF && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                yield return (XElement)XNode.ReadFrom(xml);
            }
            else
            {
                xml.Read();
            }
        }
    }

    /// <summary>How often an element says that it is repeated; one where it says nothing.</summary>
    public static int Repeats(string? attribute) =>
        int.TryParse(attribute, NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? Math.Max(1, times) : attribute is { Length: > 9 } ? int.MaxValue : 1;
}
