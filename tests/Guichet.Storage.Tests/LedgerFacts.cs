using Guichet.Core;
using Xunit;

namespace Guichet.Storage.Tests;

public sealed class LedgerFacts(StorageFixture storage)
{
    private const long Envelope = 1_000;

    private readonly LedgerTable _ledger = new(storage.Table("Ledgers"));
    private readonly LedgerAccount _account = LedgerAccount.Envelope($"{Guid.NewGuid():N}");

    private static Holding Of(long cents) => Holding.Of([KeyValuePair.Create(LedgerAccount.Award, cents)]);

    private async Task<bool> Take(DossierId dossier, long cents) => await _ledger.Settle(
        _account,
        [dossier],
        standing => standing.Totals.Less(standing.Of(dossier))[LedgerAccount.Award] + cents <= Envelope ? new Dictionary<DossierId, Holding> { [dossier] = Of(cents) } : null,
        default) is not null;

    private async Task<long> Total() => (await _ledger.Totals(_account, default))[LedgerAccount.Award];

    [Fact]
    public async Task However_many_share_out_at_once_what_they_hold_never_exceeds_the_envelope()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Take(StorageFixture.NewId(), 300))));
        Assert.Equal((3, 900), (taken.Count(one => one), await Total()));
        Assert.Equal(3, (await _ledger.Holders(_account, default)).Count);
    }

    [Fact]
    public async Task Settling_twice_is_once_and_giving_back_frees_what_was_held()
    {
        var dossier = StorageFixture.NewId();
        Assert.True(await Take(dossier, 800));
        Assert.True(await Take(dossier, 800));
        Assert.Equal(800, await Total());
        Assert.False(await Take(StorageFixture.NewId(), 300));
        Assert.True(await Take(dossier, 0));
        Assert.True(await Take(StorageFixture.NewId(), 300));
        Assert.Equal(300, await Total());
        Assert.Single(await _ledger.Holders(_account, default));
    }

    [Fact]
    public async Task Several_hold_together_or_none_does()
    {
        var (first, second) = (StorageFixture.NewId(), StorageFixture.NewId());
        var refused = await _ledger.Settle(_account, [first, second], _ => null, default);
        Assert.Null(refused);
        Assert.Equal(0, await Total());
        await _ledger.Settle(_account, [first, second], _ => new Dictionary<DossierId, Holding> { [first] = Of(400), [second] = Of(600) }, default);
        Assert.Equal(1_000, await Total());
    }
}
