using Azure;
using Azure.Identity;
using Guichet.Local.Azurite;
using Guichet.Local.Backup;

namespace Guichet.Local.Commands;

/// <summary><c>backup FOLDER</c> and <c>restore FOLDER</c>: everything that is stored, to a folder and back.</summary>
internal static class BackupCommands
{
    public const string Usage =
        "Usage : dotnet run --project infra/local -- backup|restore DOSSIER [--guichet COMPTE] [--office COMPTE] ; un compte est un nom dans Azure ou une chaîne de connexion ; par défaut, la démonstration en route.";

    public static async Task<int> Backup(string[] args)
    {
        var (folder, accounts) = Read(args);
        Tell("Sauvegardé", await Reaching(() => BackupTaking.Take(accounts, folder, CancellationToken.None)), folder);
        return 0;
    }

    public static async Task<int> Restore(string[] args)
    {
        var (folder, accounts) = Read(args);
        Tell("Restauré", await Reaching(() => BackupGivingBack.GiveBack(folder, accounts, CancellationToken.None)), folder);
        return 0;
    }

    /// <summary>Does it, and puts into a sentence why storage does not let it.</summary>
    internal static async Task<T> Reaching<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception failure) when ((failure as RequestFailedException ?? (failure as AggregateException)?.InnerException as RequestFailedException) is { } refused)
        {
            throw new LocalProblemException(refused.Status switch
            {
                0 => $"Le stockage ne répond pas : la démonstration est-elle en route ? Pour un autre, donnez --guichet et --office. ({refused.Message})",
                401 or 403 => $"Le stockage refuse : il faut un rôle sur les lignes et un sur les blobs des deux comptes (infra/azure/README.md). ({refused.ErrorCode})",
                _ => $"Le stockage a répondu {refused.Status} {refused.ErrorCode} : la commande n’est pas allée au bout, ce qu’elle a laissé ne sert pas.",
            });
        }
        catch (AuthenticationFailedException)
        {
            throw new LocalProblemException("Personne n’est connecté à Azure : « az login », puis la même commande.");
        }
    }

    /// <summary>The accounts that options name; those of the demonstration where they name none.</summary>
    internal static StoredAccounts Accounts(string[] args) => Read([.. args, "."]).Accounts;

    private static (string Folder, StoredAccounts Accounts) Read(string[] args)
    {
        var demo = new DemoOptions().Port;
        var (folder, guichet, office) = (default(string), Local(StorageAccount.Guichet, demo), Local(StorageAccount.Office, demo));
        var words = new Queue<string>(args);
        while (words.TryDequeue(out var word))
        {
            switch (word)
            {
                case "--guichet" when words.TryDequeue(out var account): guichet = account; break;
                case "--office" when words.TryDequeue(out var account): office = account; break;
                case not ['-', ..] when folder is null: folder = word; break;
                default: throw new LocalProblemException($"« {word} » n’est pas attendu. {Usage}");
            }
        }

        return (folder ?? throw new LocalProblemException($"Il manque le dossier. {Usage}"), StoredAccounts.Open(guichet, office));
    }

    private static string Local(StorageAccount account, int firstPort)
    {
        Uri At(int place) => new($"http://127.0.0.1:{firstPort + place}/");
        return account.Connection(At(3), At(4), At(5));
    }

    private static void Tell(string done, BackupManifest manifest, string folder)
    {
        foreach (var (what, count) in manifest.Rows.Concat(manifest.Blobs))
        {
            Say.Line($"  {what} : {count}");
        }

        Say.Line($"{done} : {manifest.Rows.Values.Sum()} lignes et {manifest.Blobs.Values.Sum()} fichiers, de {folder}, commencé le {manifest.Begun:yyyy-MM-dd HH:mm:ss}Z.");
    }
}
