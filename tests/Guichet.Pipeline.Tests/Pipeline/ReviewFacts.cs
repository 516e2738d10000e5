using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class ReviewFacts(GuichetFixture guichet)
{
    [Fact]
    public async Task Each_reviewer_gets_one_digest_a_day_that_names_what_waits()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        await porteur.Until("instruction");

        // A day of its own, so that what other tests have scored is of no account.
        await using (await guichet.Later(TimeSpan.FromDays(7)))
        {
            await guichet.Local.FireTimer("SendDigests");
            await guichet.Local.FireTimer("SendDigests");
            foreach (var reviewer in new[] { "camille.roussel@exemple.gouv.fr", "idriss.benali@exemple.gouv.fr" })
            {
                var digest = Assert.Single(await guichet.Mails(reviewer));
                Assert.Contains(porteur.Dossier, await guichet.Local.Mail.Source(digest), StringComparison.Ordinal);
            }
        }
    }
}
