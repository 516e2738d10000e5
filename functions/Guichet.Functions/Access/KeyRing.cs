using System.Xml.Linq;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Guichet.Functions.Access;

/// <summary>
/// The keys that protect links, each a blob that the app alone reads: all its instances share them, and ASP.NET renews them. The package that does the
/// same with one blob for all keys is not on every feed.
/// </summary>
internal sealed class KeyRing(BlobContainerClient container) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. container.GetBlobs().Select(blob => XElement.Parse(container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToString()))];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) =>
        container.GetBlobClient($"{friendlyName}.xml").Upload(BinaryData.FromString(element.ToString(SaveOptions.DisableFormatting)), overwrite: true);
}
