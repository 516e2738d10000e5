using System.Globalization;

namespace Guichet.Local.Commands;

/// <summary>Runs a committee in fast-forward, and its laureates' projects to their end where asked, and prints the calendar with every mail.</summary>
internal static class FastForwardCommands
{
    public static async Task<int> Run(bool toTheEnd)
    {
        Say.Step("Construction de l’application");
        var app = await AppBuild.Run(CancellationToken.None);
        Say.Step("Démarrage du stockage, du bus, de la boîte aux lettres et de l’application");
        await using var local = await LocalEnvironment.Start(new LocalOptions { AppFolder = app, DueAllowance = TimeSpan.FromMinutes(10), TimersRun = false });
        using var time = new FastForward(local, day => Say.Step(day));
        var committee = new CommitteeRun(time);
        await committee.Run();
        if (toTheEnd)
        {
            await new FollowUpRun(time, committee).Run();
        }

        foreach (var day in (await time.Calendar()).GroupBy(line => line.At.Date))
        {
            Say.Title(day.Key.ToString("dddd d MMMM yyyy", CultureInfo.GetCultureInfo("fr-FR")));
            foreach (var line in day)
            {
                Say.Line(line.Mail is null ? $"  {line.At:HH:mm}  {line.What}" : $"  {line.At:HH:mm}    courriel à {line.Mail} : {line.What}");
            }
        }

        return 0;
    }
}
