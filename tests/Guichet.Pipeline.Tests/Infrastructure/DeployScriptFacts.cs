using System.Diagnostics;
using Xunit;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>deploy.sh, with commands that write down how they were called in place of Azure's.</summary>
public sealed class DeployScriptFacts : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guichet-deploy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Brings_up_the_environment_publishes_subscribes_to_events_and_asks_how_it_is() => Assert.Equal(
        [
            "az deployment group create --name main --resource-group rg-guichet-dev",
            "az functionapp deployment source config-zip --name outil --src paquet.zip",
            "az deployment group create --name events --resource-group rg-guichet-dev",
            "curl https://guichet.test/api/health",
            "curl https://guichet.test/api/dossiers/inconnu",
        ],
        await Run(0, "ok", "dev", "paquet.zip"));

    [Fact]
    public async Task Publishes_a_package_alone_when_rolling_back() => Assert.Equal(
        ["az functionapp deployment source config-zip --name outil --src paquet.zip", "curl https://guichet.test/api/health", "curl https://guichet.test/api/dossiers/inconnu"],
        await Run(0, "ok", "production", "paquet.zip", "--package-only"));

    [Fact]
    public async Task Fails_where_the_app_answers_but_cannot_work() => Assert.NotEmpty(await Run(1, "ko", "dev", "paquet.zip"));

    private async Task<List<string>> Run(int expected, string health, params string[] arguments)
    {
        var calls = Path.Combine(_folder.FullName, "calls");
        Fake("az", $$"""
            case "$*" in
              *outputs.appName*) echo outil; exit ;;
              *outputs.apiUri*) echo https://guichet.test/; exit ;;
              *"--name main"*) echo "az deployment group create --name main --resource-group $5" >> {{calls}} ;;
              *config-zip*) echo "az functionapp deployment source config-zip --name $8 --src ${10}" >> {{calls}} ;;
              *"--name events"*) echo "az deployment group create --name events --resource-group $5" >> {{calls}} ;;
              *) exit 9 ;;
            esac
            """);
        Fake("curl", $$"""
            for address; do :; done
            echo "curl $address" >> {{calls}}
            case "$address" in *health) echo '{"status":"{{health}}"}' ;; *) printf 401 ;; esac
            """);
        var start = new ProcessStartInfo("bash", [Bicep.Source("deploy.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        using var script = Process.Start(start)!;
        var (output, errors) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(script.ExitCode == expected, $"{await output}{await errors}");
        return [.. await File.ReadAllLinesAsync(calls, TestContext.Current.CancellationToken)];
    }

    private void Fake(string command, string script)
    {
        var path = Path.Combine(_folder.FullName, command);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
