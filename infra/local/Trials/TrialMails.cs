using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Guichet.Local.Mail;

namespace Guichet.Local.Trials;

/// <summary>A mail that left: what it is, in a line, and its Message-ID.</summary>
internal sealed record TrialMail(string Line, string Id);

/// <summary>The mails that a scenario's guichet sent, each read once.</summary>
internal sealed partial class TrialMails(LocalEnvironment local, string campaign)
{
    private readonly Dictionary<Guid, TrialMail> read = [];
    private readonly HashSet<string> mayBeTwice = new(StringComparer.Ordinal);

    /// <summary>All that left so far, in order; copies that may be are counted once.</summary>
    public async Task<IReadOnlyList<TrialMail>> Counted() =>
        [.. (await All()).GroupBy(mail => mail.Id, StringComparer.Ordinal).SelectMany(same => same.Take(mayBeTwice.Contains(same.Key) ? 1 : int.MaxValue).Select(Told))];

    private static TrialMail Told(TrialMail mail, int copy) => copy == 0 ? mail : mail with { Line = $"{mail.Line} (encore, sous le même Message-ID)" };

    /// <summary>
    /// Does an act. Where it is struck between a mail server's OK and its record, which is the one exception that is promised, copies may be of what leaves in it.
    /// </summary>
    public async Task During(Func<Task> act, Func<bool> mayMailTwice)
    {
        var before = (await All()).Select(mail => mail.Id).ToHashSet(StringComparer.Ordinal);
        await act();
        if (mayMailTwice())
        {
            mayBeTwice.UnionWith((await All()).Select(mail => mail.Id).Where(id => !before.Contains(id)));
        }
    }

    /// <summary>
    /// Whether a mail is still to leave, or its record to be made: it does so within minutes, and the clock that goes on by weeks would have it tell of another day.
    /// </summary>
    public async Task<bool> HasUnsettled()
    {
        await foreach (var row in new TableClient(local.StorageConnection, "Mails").QueryAsync<TableEntity>("State eq 'Waiting'", select: ["PartitionKey"]))
        {
            if (IsOurs(Uri.UnescapeDataString(row.PartitionKey)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOurs(string address) => address.EndsWith($"@{campaign}.exemple.gouv.fr", StringComparison.Ordinal);

    private async Task<List<TrialMail>> All()
    {
        var all = new List<TrialMail>();
        foreach (var mail in (await local.Mail.Messages()).Where(mail => mail.To.Any(IsOurs)))
        {
            all.Add(read.TryGetValue(mail.Id, out var known) ? known : read[mail.Id] = await Read(mail));
        }

        return all;
    }

    private async Task<TrialMail> Read(SunkMail mail) =>
        new($"courriel à {string.Join(", ", mail.To)} : {mail.Subject}", MessageId().Match(await local.Mail.Source(mail)).Groups[1].Value);

    [GeneratedRegex(@"^Message-I[dD]: (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex MessageId();
}
