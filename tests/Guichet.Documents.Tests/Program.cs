using Guichet.Documents;
using Guichet.Documents.Tests;

if (ReaderProcess.RunIfAsked(args, Misbehaving.Read))
{
    return 0;
}

if (args is ["truth", ..])
{
    var without = args.Zip(args.Skip(1)).Where(pair => pair.First == "--without").Select(pair => pair.Second).ToArray();
    if (args[^1] == "--without" || without.Any(set => !Guichet.Documents.Tests.Measuring.TruthReport.Knows(set)))
    {
        Console.Error.WriteLine("--without attend un lot : tuned, reserve, blind, blind-b, blind-c, blind-d, blind-e, blind-f, blind-g, blind-h ou blind-i.");
        return 2;
    }

    return await Guichet.Documents.Tests.Measuring.TruthReport.Print(args.Contains("--details"), without);
}

if (args is ["fuzz", ..])
{
    return await Guichet.Documents.Tests.Measuring.Fuzz.Run(args[1..]);
}

return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
