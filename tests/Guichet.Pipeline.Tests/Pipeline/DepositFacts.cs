using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class DepositFacts(GuichetFixture guichet)
{
    [Fact]
    public async Task Files_sent_to_the_blob_endpoint_become_a_row_for_the_office_and_an_acknowledgement()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        var row = await guichet.OfficeRow(porteur.Dossier, row => row.PartitionKey != "absent");
        var mail = Assert.Single(await guichet.Mails(porteur.Email));
        Assert.Contains(porteur.Dossier, mail.Subject, StringComparison.Ordinal);
        Assert.Equal("", row.RowKey);
    }
}
