using System.Globalization;

namespace Guichet.Local.Commands;

/// <summary>Runs a committee in fast-forward and prints its calendar with every mail.</summary>
internal static class Committee
{
    public static async Task<int> Run()
    {
        Say.Step("Construction de l’application");
        var app = await AppBuild.Run(CancellationToken.None);
        Say.Step("Démarrage du stockage, du bus, de la boîte aux lettres et de l’application");
        await using var local = await LocalEnvironment.Start(new LocalOptions { AppFolder = app, DueAllowance = TimeSpan.FromMinutes(10), TimersRun = false });
        using var run = new CommitteeRun(local, day => Say.Step(day));
        var calendar = await run.Run();
        foreach (var day in calendar.GroupBy(line => line.At.Date))
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
