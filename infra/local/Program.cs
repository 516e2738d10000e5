using Guichet.Documents;
using Guichet.Local;
using Guichet.Local.Commands;
using Guichet.Local.Trials;

if (ReaderProcess.RunIfAsked(args))
{
    return 0;
}

try
{
    return args switch
    {
        [] or ["demo", ..] or [['-', ..], ..] => await Demo.Run(DemoOptions.Read(args)),
        ["read", .. var rest] => await Read.Run(rest),
        ["judge", .. var rest] => await Judge.Run(rest),
        ["check", .. var rest] => await Check.Run(rest),
        ["operators", .. var rest] => await ImportOperators.Run(rest),
        ["committee"] => await FastForwardCommands.Run(toTheEnd: false),
        ["follow-up"] => await FastForwardCommands.Run(toTheEnd: true),
        ["burst", .. var rest] => await Burst.Run(rest),
        ["trials", .. var rest] => await TrialCommand.Run(rest),
        ["journal", .. var rest] => await JournalCheck.Run(rest),
        ["retention", .. var rest] => await RetentionCommand.Run(rest),
        ["backup", .. var rest] => await BackupCommands.Backup(rest),
        ["restore", .. var rest] => await BackupCommands.Restore(rest),
        [var unknown, ..] => throw new LocalProblemException($"Commande inconnue : « {unknown} ». {DemoOptions.Usage}"),
    };
}
catch (LocalProblemException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 2;
}
catch (Exception unforeseen)
{
    // Whoever types a command reads a sentence; whoever mends it reads the file.
    var details = RepositoryFolder.Path("infra", "local", ".guichet", "erreur.log");
    Directory.CreateDirectory(Path.GetDirectoryName(details)!);
    await File.WriteAllTextAsync(details, unforeseen.ToString());
    await Console.Error.WriteLineAsync($"Erreur imprévue : {unforeseen.Message.Split('\n')[0].Trim()} (le détail est dans {details}).");
    return 2;
}
