using Spectre.Console;

namespace Guichet.Local.Commands;

/// <summary>How a sample ended: its last known state, or why there is none.</summary>
internal sealed record SampleEnd(Sample Sample, DossierState? State, string? Problem)
{
    public bool IsAsExpected => Problem is null && State?.Status == Sample.Expected.Status;
}

/// <summary>Deposits all samples at once and shows how far each has come: a line a dossier, living or one line a change.</summary>
internal static class DemoProgress
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    public static async Task<IReadOnlyList<SampleEnd>> Show(DemoSamples samples, CancellationToken cancellation)
    {
        if (!Say.IsLive)
        {
            return await Task.WhenAll(samples.All.Select(sample => Follow(samples, sample, text => Say.Line($"  {sample.Name} : {text}"), cancellation)));
        }

        return await AnsiConsole.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(progress => Task.WhenAll(samples.All.Select(async sample =>
            {
                var task = progress.AddTask(Text(sample.Name, "…"));
                var end = await Follow(samples, sample, text => task.Description = Text(sample.Name, text), cancellation);
                task.StopTask();
                return end;
            })));

        static string Text(string name, string text) => $"{name,-24} {text}".EscapeMarkup();
    }

    private static async Task<SampleEnd> Follow(DemoSamples samples, Sample sample, Action<string> show, CancellationToken cancellation)
    {
        DossierState? state = null;
        try
        {
            var deposited = await samples.Deposit(sample, cancellation);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            using var pace = new PeriodicTimer(Pace);
            var shown = "";
            do
            {
                state = await samples.Follow(deposited, cancellation);
                if (Stages(state) is var text && text != shown)
                {
                    show(text);
                    shown = text;
                }
            }
            while (!state.IsSettled && await pace.WaitForNextTickAsync(patience.Token));

            return new SampleEnd(sample, state, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Stuck($"n’avance plus depuis {Patience.TotalMinutes:0} minutes");
        }
        catch (Exception problem) when (problem is LocalProblemException or HttpRequestException)
        {
            return Stuck(problem.Message);
        }

        SampleEnd Stuck(string why)
        {
            show(why);
            return new SampleEnd(sample, state, why);
        }
    }

    // Each stage that is behind, in the order of the way; the last says where the dossier stands.
    private static string Stages(DossierState state)
    {
        List<string> stages = [$"{state.Dossier} déposé"];
        stages.Add(state.PiecesRead == state.Pieces.Count ? $"lu ({state.Pieces.Count} {(state.Pieces.Count > 1 ? "pièces" : "pièce")})" : $"lecture {state.PiecesRead}/{state.Pieces.Count}");
        if (state.Status is "instruction")
        {
            stages.Add("recevable");
        }

        if (state.Status is not "depot")
        {
            stages.Add(state.StatusLabel.ToLowerInvariant());
        }

        return string.Join(" · ", stages);
    }
}
