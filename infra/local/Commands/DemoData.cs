using System.Text.Json;
using NodaTime;

namespace Guichet.Local.Commands;

/// <summary>A sample that was deposited, and the token to follow it with.</summary>
internal sealed record DepositedSample(string Dossier, string Token);

/// <summary>What the demonstration keeps from one start to the next: its data, its clock, what it has deposited.</summary>
internal sealed class DemoData : IDisposable
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    // A Wednesday, in a period when the guichet was open.
    private static readonly Instant FirstMorning = Paris.AtLeniently(new LocalDateTime(2024, 3, 13, 10, 0)).ToInstant();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly FileStream turn;
    private readonly Kept kept;

    private DemoData(FileStream turn, string folder, Kept kept) => (this.turn, Folder, this.kept) = (turn, folder, kept);

    public string Folder { get; }

    /// <summary>From the machine's clock to the demonstration's, which begins when it is first asked for.</summary>
    public TimeSpan ClockOffset
    {
        get
        {
            if (kept.ClockOffset is { } known)
            {
                return known;
            }

            kept.ClockOffset = (FirstMorning - MachineNow).ToTimeSpan();
            Save();
            return kept.ClockOffset.Value;
        }
    }

    /// <summary>What the demonstration's clock says in Paris.</summary>
    public LocalDateTime Now => (MachineNow + Duration.FromTimeSpan(ClockOffset)).InZone(Paris).LocalDateTime;

    private static Instant MachineNow => SystemClock.Instance.GetCurrentInstant();

    public static DemoData Open(bool fresh)
    {
        var folder = RepositoryFolder.Path("infra", "local", ".guichet", "demo");
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        var turn = TakeTurn(folder + ".lock");
        if (fresh && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var file = FileOf(folder);
        var kept = File.Exists(file) ? JsonSerializer.Deserialize<Kept>(File.ReadAllText(file)) : null;
        return new DemoData(turn, folder, kept ?? new Kept());
    }

    public DepositedSample? Deposited(string sample)
    {
        lock (kept)
        {
            return kept.Deposits.GetValueOrDefault(sample);
        }
    }

    public void Remember(string sample, DepositedSample deposit)
    {
        lock (kept)
        {
            kept.Deposits[sample] = deposit;
            Save();
        }
    }

    public bool IsTakenOver(string project) => kept.Projects.Contains(project);

    public void RememberTakeOver(string project)
    {
        kept.Projects.Add(project);
        Save();
    }

    public void Dispose() => turn.Dispose();

    private void Save() => File.WriteAllText(FileOf(Folder), JsonSerializer.Serialize(kept, Indented));

    private static string FileOf(string folder) => Path.Combine(folder, "demo.json");

    // Two emulators on the same files would ruin them.
    private static FileStream TakeTurn(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new LocalProblemException("Une démonstration tourne déjà sur ces données : arrêtez-la d’abord (Ctrl+C dans son terminal).", taken);
        }
    }

    private sealed record Kept
    {
        public TimeSpan? ClockOffset { get; set; }

        public Dictionary<string, DepositedSample> Deposits { get; init; } = [];

        public HashSet<string> Projects { get; init; } = [];
    }
}
