using System.Globalization;
using Guichet.Benchmarks.Documents;
using Guichet.Benchmarks.FollowUp;
using Guichet.Benchmarks.Rules;
using Guichet.Benchmarks.Start;
using Guichet.Documents;

if (ReaderProcess.RunIfAsked(args))
{
    return 0;
}

switch (args)
{
    case ["documents", .. var rest]:
        await ReadingRatios.Print(rest is [var format, ..] ? format : null);
        return 0;
    case ["stages", .. var asked]:
        await Stages.Print(asked is [var kind, ..] ? kind : null, asked is [_, var runs] ? int.Parse(runs, CultureInfo.InvariantCulture) : 60);
        return 0;
    case ["memory"]:
        await Memory.Print();
        return 0;
    case ["rules"]:
        await Judging.Print();
        return 0;
    case ["ticks"]:
        await TickCosts.Print();
        return 0;
    case ["start", ..]:
        await WorkerStarts.Print();
        return 0;
    default:
        Console.Error.WriteLine(
            """
            Usage : dotnet run -c Release --project tests/Guichet.Benchmarks -- COMMANDE
              documents [format]        le temps de lecture, rapporté à celui des bibliothèques
              stages [format [fois]]    où passe le temps d’une lecture
              memory                    la mémoire d’un lecteur, de 5 à 50 Mo
              rules                     combien de dossiers les règles jugent, à côté de l’écriture de leur résultat
              ticks                     ce que coûte un passage des rappels, de 1 000 à 100 000 projets
              start                     le démarrage de l’application publiée
            """);
        return 2;
}
