using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Mail;

namespace Guichet.Local.Commands;

/// <summary><c>check FILE...</c>: whether campaigns' files can run, and where they cannot and why.</summary>
internal static class Check
{
    public const string Usage = "Usage : dotnet run --project infra/local -- check FICHIER...";

    /// <returns>0 where every file can run, 1 where one cannot, 2 where one is not there.</returns>
    public static async Task<int> Run(string[] args)
    {
        if (args.Length == 0 || args.Any(arg => arg.StartsWith('-')))
        {
            throw new LocalProblemException($"Donnez le ou les fichiers de campagne à vérifier. {Usage}");
        }

        var code = 0;
        foreach (var file in args)
        {
            if (!File.Exists(file))
            {
                throw new LocalProblemException($"« {file} » n’existe pas. {Usage}");
            }

            var (campaign, faults) = CampaignFile.Read(await File.ReadAllBytesAsync(file));
            var said = campaign is null ? faults.Select(fault => fault.ToString()).ToList() : LetterWriter.Faults(campaign);
            if (campaign is not null && said.Count == 0)
            {
                Say.Line($"{file} : la campagne « {campaign.Name} », version {campaign.Version}, peut s’appliquer à partir du {campaign.Effect.InFrench()}.");
                continue;
            }

            code = 1;
            foreach (var fault in said)
            {
                Say.Line($"{file} : {fault}");
            }
        }

        return code;
    }
}
