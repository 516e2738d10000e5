using System.Diagnostics;
using System.Text.RegularExpressions;
using Guichet.Local;
using Xunit;

namespace Guichet.Pipeline.Tests.Architecture;

/// <summary>No file that is handed to anybody holds a key, a password or a signed address; the emulator's key, which everybody has, opens nothing.</summary>
public sealed partial class SecretsFacts
{
    private const string Emulators = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static TheoryData<string> Planted =>
    [
        "AccountKey=" + new string('a', 86) + "==",
        "SharedAccessKey=" + new string('a', 43) + "=",
        "https://compte.blob.core.windows.net/deposits?sp=c&sig=" + new string('a', 43) + "%3D",
        "-----BEGIN RSA PRIVATE" + " KEY-----",
        "ghp" + "_" + new string('a', 36),
        "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxIn0." + new string('a', 43),
        "InstrumentationKey=" + "0123abcd-0000-4000-8000-0123456789ab",
        "password: \"" + "Tr0ub4dor&3xyz\"",
        "client_secret = \"" + "abc8Q~0123456789-0123456789.012345678901\"",
    ];

    [Theory]
    [MemberData(nameof(Planted))]
    public void What_looks_like_a_secret_is_found(string text) => Assert.NotEmpty(In($"avant\n  {text}\naprès"));

    [Fact]
    public async Task No_file_of_the_repository_holds_a_secret()
    {
        var (files, found) = (0, new List<string>());
        foreach (var file in (await Tracked()).Where(file => Path.GetExtension(file) is not (".docx" or ".xlsx" or ".ods" or ".odt" or ".pdf" or ".zip") && Path.GetFileName(file) != "package-lock.json"))
        {
            files++;
            found.AddRange(In(await File.ReadAllTextAsync(RepositoryFolder.Path(file))).Select(secret => $"{file}: {secret}"));
        }

        Assert.True(files > 300, $"{files} files");
        Assert.Empty(found);
    }

    private static IEnumerable<string> In(string text) => Secret().Matches(text).Select(match => match.Value).Where(match => !match.Contains(Emulators, StringComparison.Ordinal));

    private static async Task<string[]> Tracked()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = RepositoryFolder.Root, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var names = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return names.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("""
        AccountKey=[A-Za-z0-9+/]{40,}={0,2}
        |SharedAccessKey=[A-Za-z0-9+/]{30,}=
        |[?&]sig=[A-Za-z0-9%+/]{40,}
        |-----BEGIN\ [A-Z\ ]*PRIVATE\ KEY-----
        |\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{40,}|glpat-[\w-]{20,}|xox[baprs]-[\w-]{10,}|AKIA[0-9A-Z]{16})\b
        |\beyJ[\w-]{15,}\.eyJ[\w-]{10,}\.[\w-]{20,}
        |InstrumentationKey=[0-9a-f]{8}-(?!0000-0000)[0-9a-f-]{20,}
        |(?i:password|passwd|pwd|client_?secret|api_?key)["']?\s*[:=]\s*["'](?=[^"'\n]*\d)[^"'\s${}\[\]@<>]{12,}["']
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Secret();
}
