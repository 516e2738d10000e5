using System.Text.Json;

namespace Guichet.Local.Backup;

/// <summary>How much a backup holds. Written last: a folder without it is no backup.</summary>
/// <param name="Begun">When it was begun: what was stored later may lack.</param>
/// <param name="Rows">Rows by table: <c>guichet/Dossiers</c>.</param>
/// <param name="Blobs">Blobs by container.</param>
public sealed record BackupManifest(DateTimeOffset Begun, IReadOnlyDictionary<string, long> Rows, IReadOnlyDictionary<string, long> Blobs);

/// <summary>One blob of a backup; its bytes are in the file of the same name, each part of it escaped.</summary>
internal sealed record BackupBlob(string Name, long Bytes, string Sha256, string? ContentType, DateTimeOffset LastModified);

/// <summary>A backup on disk: <c>tables/{account}/{table}.jsonl</c>, <c>blobs/{container}/…</c> with <c>blobs/{container}.jsonl</c>, <c>sauvegarde.json</c>.</summary>
internal sealed class BackupFolder(string path)
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    private string ManifestFile => System.IO.Path.Combine(Path, "sauvegarde.json");

    public string TableFile(string account, string table) => Made(System.IO.Path.Combine(Path, "tables", account, $"{table}.jsonl"));

    public string BlobList(string container) => Made(System.IO.Path.Combine(Path, "blobs", $"{container}.jsonl"));

    public string BlobFile(string container, string name) =>
        Made(System.IO.Path.Combine([Path, "blobs", container, .. name.Split('/').Select(part => part is "." or ".." ? $"%2E{part[1..]}" : Uri.EscapeDataString(part))]));

    /// <exception cref="LocalProblemException">Something is there already.</exception>
    public void Begin()
    {
        if (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any())
        {
            throw new LocalProblemException($"{Path} n’est pas vide : donnez un dossier neuf, une sauvegarde n’en recouvre pas une autre.");
        }

        Directory.CreateDirectory(Path);
    }

    public void Finish(BackupManifest manifest) => File.WriteAllText(ManifestFile, JsonSerializer.Serialize(manifest, _indented));

    /// <exception cref="LocalProblemException">There is no backup, or one that was not finished.</exception>
    public BackupManifest Read() => File.Exists(ManifestFile)
        ? JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(ManifestFile))!
        : throw new LocalProblemException($"{Path} ne contient pas de sauvegarde terminée : il y manque sauvegarde.json, écrit en dernier.");

    private static string Made(string file)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        return file;
    }
}
