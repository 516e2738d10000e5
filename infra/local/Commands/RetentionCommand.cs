using System.Globalization;
using System.Text.Json;

namespace Guichet.Local.Commands;

/// <summary><c>retention</c>: what the running demonstration would erase by a day; with <c>--run</c>, has it erase what is due today.</summary>
internal static class RetentionCommand
{
    private const string Usage = "Usage : dotnet run --project infra/local -- retention [--by AAAA-MM-JJ] [--run] [--port N]";

    public static async Task<int> Run(string[] args)
    {
        var (by, run, port) = (default(string), false, new DemoOptions().Port);
        var words = new Queue<string>(args);
        while (words.TryDequeue(out var word))
        {
            switch (word)
            {
                case "--by" when words.TryDequeue(out by): break;
                case "--port" when words.TryDequeue(out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port): break;
                case "--run": run = true; break;
                default: throw new LocalProblemException($"« {word} » n’est pas attendu. {Usage}");
            }
        }

        using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        api.DefaultRequestHeaders.Add(TestPrincipals.Header, TestPrincipals.Operator);
        try
        {
            return run ? await Erase(api) : await Preview(api, by);
        }
        catch (HttpRequestException failure)
        {
            throw new LocalProblemException($"L’application ne répond pas à {api.BaseAddress} : la démonstration est-elle en route ? ({failure.Message})");
        }
    }

    private static async Task<int> Preview(HttpClient api, string? by)
    {
        var preview = await Answer(await api.GetAsync(by is null ? "api/retention" : $"api/retention?by={Uri.EscapeDataString(by)}"));
        foreach (var one in preview.GetProperty("dossiers").EnumerateArray())
        {
            var hold = one.TryGetProperty("hold", out var held) ? $" ; retenu par {held.GetProperty("by").GetString()} : {held.GetProperty("reason").GetString()}" : "";
            Say.Line($"  {one.GetProperty("dueOn").GetString()}  {one.GetProperty("dossier").GetString()}  {one.GetProperty("statusLabel").GetString()}, {one.GetProperty("files").GetInt32()} fichier(s), « {one.GetProperty("title").GetString()} »{hold}");
        }

        Say.Line($"D’ici au {preview.GetProperty("by").GetString()} : {preview.GetProperty("dossiers").GetArrayLength()} dossier(s), retenus compris ; {preview.GetProperty("files").GetInt32()} fichier(s) effacé(s).");
        Say.Line(preview.GetProperty("copies").GetString()!);
        return 0;
    }

    private static async Task<int> Erase(HttpClient api)
    {
        var erased = (await Answer(await api.PostAsync("api/retention/runs", null))).GetProperty("erased");
        Say.Line($"{erased.GetArrayLength()} dossier(s) effacé(s){(erased.GetArrayLength() == 0 ? "" : $" : {string.Join(", ", erased.EnumerateArray().Select(one => one.GetString()))}")}.");
        return 0;
    }

    private static async Task<JsonElement> Answer(HttpResponseMessage response)
    {
        var said = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode ? said : throw new LocalProblemException(said.GetProperty("detail").GetString()!);
    }
}
