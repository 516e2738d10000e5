using Guichet.Core.Campaigns;
using Guichet.Core.Eligibility;
using Guichet.Documents;

namespace Guichet.Local.Commands;

/// <summary>What a PATH on the command line stands for: a folder or an archive is one dossier, a file is one dossier of its own.</summary>
internal static class DossierPaths
{
    /// <summary>The files of the dossier that a path stands for, in order of name.</summary>
    /// <exception cref="LocalProblemException">There is nothing at that path.</exception>
    public static IReadOnlyList<string> Files(string path)
    {
        if (Directory.Exists(path))
        {
            return [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        }

        return File.Exists(path) ? [path] : throw new LocalProblemException($"« {path} » n’existe pas : donnez un dossier, un fichier ou une archive ZIP.");
    }

    /// <summary>The porteur's name for a file: its path below the dossier's.</summary>
    public static string NameOf(string path, string file) => Directory.Exists(path) ? Path.GetRelativePath(path, file).Replace('\\', '/') : Path.GetFileName(file);

    /// <summary>Reads every file of a dossier, each by the porteur's name for it.</summary>
    public static async Task<IReadOnlyList<ReadPiece>> Read(string path, ReaderPool readers, FormWords words)
    {
        var pieces = new List<ReadPiece>();
        foreach (var file in Files(path))
        {
            var name = NameOf(path, file);
            pieces.Add(new ReadPiece(name, await readers.Read(file, name, words, CancellationToken.None)));
        }

        return pieces;
    }
}
