using Guichet.Benchmarks.Documents;
using Guichet.Benchmarks.Start;
using Guichet.Documents;

if (ReaderProcess.RunIfAsked(args))
{
    return 0;
}

switch (args)
{
    case ["documents", ..]:
        await ReadingRatios.Print();
        return 0;
    case ["memory", var file]:
        MemoryOfOneFile.Print(file);
        return 0;
    case ["start", ..]:
        await WorkerStarts.Print();
        return 0;
    default:
        Console.Error.WriteLine("Usage : dotnet run -c Release --project tests/Guichet.Benchmarks -- documents|start");
        return 2;
}
