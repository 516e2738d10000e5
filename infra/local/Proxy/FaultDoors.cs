namespace Guichet.Local.Proxy;

/// <summary>Where tests make storage fail: each door waits for the calls that it was opened for.</summary>
public sealed class FaultDoors
{
    private readonly Lock sync = new();
    private readonly List<FaultDoor> doors = [];

    /// <summary>
    /// The <paramref name="nth"/> call from now that <paramref name="matches"/> meets <paramref name="fault"/>, and so do the
    /// following until there were <paramref name="times"/>. Dispose the door to shut it earlier.
    /// </summary>
    public FaultDoor Open(Func<StorageCall, bool> matches, Fault fault, int nth = 1, int times = 1)
    {
        var door = new FaultDoor(matches, fault, nth, times, Shut);
        lock (sync)
        {
            doors.Add(door);
        }

        return door;
    }

    /// <summary>Shuts every door.</summary>
    public void ShutAll()
    {
        lock (sync)
        {
            doors.Clear();
        }
    }

    internal Fault? For(StorageCall call)
    {
        lock (sync)
        {
            Fault? due = null;
            foreach (var door in doors)
            {
                due = door.Sees(call) ? due ?? door.Fault : due;
            }

            return due;
        }
    }

    private void Shut(FaultDoor door)
    {
        lock (sync)
        {
            doors.Remove(door);
        }
    }
}

/// <summary>One fault that is waiting for its call.</summary>
public sealed class FaultDoor : IDisposable
{
    private readonly Func<StorageCall, bool> matches;
    private readonly Action<FaultDoor> shut;
    private readonly int nth;
    private readonly int times;
    private readonly TaskCompletionSource<StorageCall> struck = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal FaultDoor(Func<StorageCall, bool> matches, Fault fault, int nth, int times, Action<FaultDoor> shut) =>
        (this.matches, Fault, this.nth, this.times, this.shut) = (matches, fault, nth, times, shut);

    public Fault Fault { get; }

    /// <summary>How many calls it was opened for have come so far, struck or not.</summary>
    public int Seen { get; private set; }

    /// <summary>The first call that was struck, once it was.</summary>
    public Task<StorageCall> Struck => struck.Task;

    public void Dispose() => shut(this);

    internal bool Sees(StorageCall call)
    {
        if (!matches(call))
        {
            return false;
        }

        Seen++;
        if (Seen < nth || Seen >= (long)nth + times)
        {
            return false;
        }

        struck.TrySetResult(call);
        return true;
    }
}
