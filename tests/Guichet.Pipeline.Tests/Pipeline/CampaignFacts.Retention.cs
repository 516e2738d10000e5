using System.Globalization;
using Guichet.Local.Commands;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>What becomes of the personal data of those whom nothing more is asked of, sixty months after that.</summary>
public sealed partial class CampaignFacts
{
    private static async Task Erasures_are_announced_once_a_month_before_and_a_command_lists_and_does_them(FastForward time)
    {
        async Task<List<string>> Announcements()
        {
            var office = (await time.Local.Mail.Messages()).Where(mail => mail.To.Contains("guichet-donnees@exemple.gouv.fr"));
            var sources = await Task.WhenAll(office.Select(async mail => await time.Local.Mail.Source(mail)));
            return [.. sources.Where(source => source.Contains("dur=C3=A9e de conservation", StringComparison.Ordinal) || source.Contains("durée de conservation", StringComparison.Ordinal))];
        }

        async Task Digests(DateTime day)
        {
            await time.GoTo(day.AddHours(8).AddMinutes(45));
            await time.Local.FireTimer("SendDigests");
            await time.Settle();
        }

        await Digests(new DateTime(2029, 3, 1));
        Assert.Empty(await Announcements());
        await Digests(new DateTime(2029, 3, 19));
        await Digests(new DateTime(2029, 3, 20));
        Assert.Single(await Announcements());

        var listed = await Printed(time, "--by", "2029-04-30");
        Assert.Contains("Retiré, 3 fichier(s)", listed, StringComparison.Ordinal);
        Assert.Contains("0 dossier(s) effacé(s).", await Printed(time, "--run"), StringComparison.Ordinal);
        await time.GoTo(new DateTime(2029, 4, 30, 10, 0, 0));
        Assert.Matches(@"^[1-9]\d* dossier\(s\) effacé\(s\) : \w{12}", await Printed(time, "--run"));
        await time.Settle();
        Assert.Contains("0 dossier(s), retenus compris", await Printed(time, "--by", "2029-04-30"), StringComparison.Ordinal);
    }

    /// <summary>What the command prints.</summary>
    private static async Task<string> Printed(FastForward time, params string[] args)
    {
        var (before, printed) = (Console.Out, new StringWriter(CultureInfo.InvariantCulture));
        Console.SetOut(printed);
        try
        {
            Assert.Equal(0, await RetentionCommand.Run([.. args, "--port", time.Local.ApiUri.Port.ToString(CultureInfo.InvariantCulture)]));
        }
        finally
        {
            Console.SetOut(before);
        }

        return printed.ToString();
    }
}
