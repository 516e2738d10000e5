using Guichet.Documents;
using Guichet.Documents.Tests;

if (ReaderProcess.RunIfAsked(args, Misbehaving.Read))
{
    return 0;
}

if (args is ["truth", ..])
{
    return await Guichet.Documents.Tests.Measuring.TruthReport.Print(args.Contains("--details"));
}

if (args is ["fuzz", ..])
{
    return await Guichet.Documents.Tests.Measuring.Fuzz.Run(args[1..]);
}

return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
