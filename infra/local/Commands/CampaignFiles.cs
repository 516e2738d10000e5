using Guichet.Core.Campaigns;
using NodaTime;

namespace Guichet.Local.Commands;

/// <summary>The campaigns' files that commands work on.</summary>
internal static class CampaignFiles
{
    /// <summary>The campaign of a file.</summary>
    /// <exception cref="LocalProblemException">It is not there, or cannot run: the message says where and why.</exception>
    public static Campaign Load(string file)
    {
        if (!File.Exists(file))
        {
            throw new LocalProblemException($"« {file} » n’existe pas : donnez le fichier JSON d’une campagne.");
        }

        var (campaign, faults) = CampaignFile.Read(File.ReadAllBytes(file));
        return campaign ?? throw new LocalProblemException(string.Join(Environment.NewLine, faults.Select(fault => $"{file} : {fault}")));
    }

    /// <summary>The version of the shipped data guichet that is in force on a day; the last where none is.</summary>
    public static Campaign Shipped(LocalDate on)
    {
        var versions = Directory.EnumerateFiles(RepositoryFolder.Path("infra", "campaigns", "ftap-data"), "*.json").Select(Load).OrderBy(version => version.Effect).ToList();
        return versions.LastOrDefault(version => version.Effect <= on) ?? versions[^1];
    }
}
