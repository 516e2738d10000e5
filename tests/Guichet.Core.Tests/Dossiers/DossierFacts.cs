using CsCheck;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Operations;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Core.Tests.Dossiers;

public sealed class DossierFacts
{
    private const string Token = "jeton";
    private static readonly Instant Now = Given.Deposited;

    private static Dossier Opened(params string[] files) => DepositSteps.Open(
        Given.Campaign, Given.Id(7), "porteur@exemple.gouv.fr", Token, files.Select(name => new AnnouncedFile(name, 1000)), files.Select((_, i) => $"{i + 1:D3}-slot"), Now).After;

    private static Dossier Closed(Dossier dossier, params FoundFile[] files) => dossier.Close(Given.Campaign, files, Actor.Porteur, Now)!.After;

    private static FoundFile Found(int slot, int minute) => new($"{slot:D3}-slot", Now + Duration.FromMinutes(minute));

    [Fact]
    public void Is_opened_by_its_own_token_alone()
    {
        var dossier = Opened("a.docx");
        Assert.True(dossier.IsOpenedBy(Token));
        Assert.False(dossier.IsOpenedBy("autre"));
        Assert.False(dossier.IsOpenedBy(null));
        Assert.DoesNotContain(Token, dossier.TokenHash, StringComparison.Ordinal);
    }

    [Fact]
    public void The_deposit_instant_is_that_of_the_last_file_and_a_completion_never_moves_it()
    {
        var dossier = Closed(Opened("a.docx", "b.xlsx"), Found(1, 5), Found(2, 3));
        Assert.Equal(Now + Duration.FromMinutes(5), dossier.Closing!.Deposited);
        var again = Closed(dossier.AddSlots(Given.Campaign, [new("c.pdf", 1)], ["003-slot"], Now).After, Found(1, 5), Found(2, 3), Found(3, 500));
        Assert.Equal((2, Now + Duration.FromMinutes(5)), (again.Closing!.Round, again.Closing.Deposited));
    }

    [Fact]
    public void Closing_twice_closes_once() => Assert.Null(Closed(Opened("a.docx"), Found(1, 1)).Close(Given.Campaign, [Found(1, 1)], Actor.Porteur, Now));

    [Fact]
    public void Closing_without_a_file_closes_nothing() => Assert.Null(Opened("a.docx").Close(Given.Campaign, [], Actor.Porteur, Now));

    [Fact]
    public void A_blob_that_no_slot_was_given_for_is_not_taken_in() => Assert.Null(Opened("a.docx").Close(Given.Campaign, [new FoundFile("intrus", Now)], Actor.Porteur, Now));

    [Fact]
    public void A_file_sent_again_under_its_name_replaces_the_first()
    {
        var dossier = Closed(Opened("a.docx", "A.DOCX"), Found(1, 1), Found(2, 2));
        var received = dossier with { Pieces = [.. dossier.Pieces.Select((piece, i) => piece with { Received = new Reception(Now + Duration.FromMinutes(i), 1, "") })] };
        Assert.Equal("002-slot", Assert.Single(received.PiecesTaken).Slot);
    }

    [Theory]
    [InlineData("../formulaire.docx")]
    [InlineData("a\u202Excod.exe")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void A_name_that_could_mislead_is_refused(string name) => Assert.NotNull(DepositSteps.Refusal(Given.Campaign, [], [new AnnouncedFile(name, 1)]));

    [Theory]
    [InlineData(0, 1, "est vide")]
    [InlineData((50L << 20) + 1, 1, "dépasse la limite de 50 Mo par fichier")]
    [InlineData(50L << 20, 5, "dépasserait la limite de 200 Mo")]
    [InlineData(1, 41, "au plus 40 fichiers")]
    public void Files_beyond_the_limits_are_refused_with_the_limit(long bytes, int count, string said) =>
        Assert.Contains(said, DepositSteps.Refusal(Given.Campaign, [], [.. Enumerable.Range(0, count).Select(i => new AnnouncedFile($"{i}.pdf", bytes))]), StringComparison.Ordinal);

    [Fact]
    public void A_file_announced_again_under_its_name_stands_for_the_one_whose_address_expired() =>
        Assert.Null(DepositSteps.Refusal(Given.Campaign, [.. Enumerable.Range(0, 4).Select(i => new Piece { Slot = $"{i}", FileName = $"{i}.pdf", AnnouncedBytes = 50L << 20 })], [new AnnouncedFile("3.PDF", 50L << 20)]));

    [Fact]
    public void Two_files_of_one_name_at_once_are_refused() =>
        Assert.Contains("donnez-leur des noms différents", DepositSteps.Refusal(Given.Campaign, [], [new AnnouncedFile("a.pdf", 1), new AnnouncedFile("A.pdf", 1)]), StringComparison.Ordinal);

    [Fact]
    public void Where_two_places_disagree_the_porteur_is_told_both()
    {
        PieceExtract Stating(string file, decimal total) => new() { Kind = PieceKind.Docx, Values = [FieldValue.Of(Fields.BudgetTotal, Euros.From(total), new Source(file, "page 1", $"{total} €"))] };
        var application = GrantApplication.Assemble([Stating("a.docx", 1), Stating("b.docx", 2)]);
        var dossier = Closed(Opened("a.docx"), Found(1, 1)) with { Application = application, Verdict = Given.Application.Without(Fields.BudgetTotal).Judge() };
        Assert.Contains(Completion.Of(dossier), item => item.Message.Contains("« 1 € » (a.docx, page 1) et « 2 € » (b.docx, page 1) ne concordent pas", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sound_dossier_goes_from_closing_to_its_pre_score()
    {
        var given = Given.Application;
        var judged = Closed(Opened("a.docx"), Found(1, 1)).Apply(Given.Campaign, given.Build(), given.Judge(), Now);
        Assert.Equal((DossierStatus.Recevable, false), (judged.After.Status, judged.After.AwaitsEligibility));
        Assert.Equal([QueueName.Scoring], judged.Messages.Select(message => message.Queue));
        var scored = judged.After.Apply(Given.Campaign, PreScore.Compute(Given.Campaign, given.Build()), Now);
        Assert.Equal(DossierStatus.Note, scored.After.Status);
        Assert.Contains(scored.Hints, hint => hint.Kind is DueKind.Digest);
        Assert.Equal([QueueName.Assignment, QueueName.Projection], scored.Messages.Select(message => message.Queue));
    }

    [Theory]
    [InlineData("scoring", true)]
    [InlineData("projection", false)]
    [InlineData("mail", false)]
    public void The_office_sees_an_eligible_dossier_even_where_scoring_fails(string queue, bool isProjected)
    {
        var step = FailureSteps.Record(Closed(Opened("a.docx"), Found(1, 1)), queue, "x", Now);
        Assert.Equal(isProjected, step.Messages.Any(message => message.Queue is QueueName.Projection));
    }

    [Fact]
    public void A_dossier_that_lacks_something_is_asked_to_complete_within_the_campaigns_days()
    {
        var given = Given.Application.WithPieces();
        var step = Closed(Opened("a.docx"), Found(1, 1)).Apply(Given.Campaign, given.Build(), given.Judge(), Now);
        Assert.Equal((DossierStatus.Incomplet, new LocalDate(2024, 4, 12)), (step.After.Status, step.After.CompleteBefore));
        Assert.Contains(step.Messages, message => message.Body.Contains("completion-request", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refusal_is_proposed_and_not_told_to_the_porteur()
    {
        var given = Given.Application.With(Fields.BudgetTotal, Euros.From(2_000_000));
        var step = Closed(Opened("a.docx"), Found(1, 1)).Apply(Given.Campaign, given.Build(), given.Judge(), Now);
        Assert.Equal(DossierStatus.IrrecevablePropose, step.After.Status);
        Assert.DoesNotContain(step.Messages, message => message.Queue is QueueName.Mail);
    }

    [Fact]
    public void No_move_is_possible_outside_the_table() => Gen.Select(Gen.Enum<DossierStatus>(), Gen.Enum<DossierStatus>()).Sample((from, to) =>
    {
        var before = Opened("a.docx") with { Status = from };
        var allowed = from == to || from.MayBecome(to);
        return allowed == (Record.Exception(() => Step.From(before, before with { Status = to }, "x", Actor.Guichet, Now)) is null);
    });

    [Fact]
    public void What_was_decided_or_withdrawn_moves_no_further_but_by_reopening()
    {
        Assert.Equal([DossierStatus.Instruction], Enum.GetValues<DossierStatus>().Where(to => DossierStatus.Refuse.MayBecome(to)));
        Assert.DoesNotContain(Enum.GetValues<DossierStatus>(), to => DossierStatus.Retire.MayBecome(to) || DossierStatus.Clos.MayBecome(to));
    }
}

public sealed class JournalFacts
{
    private static List<JournalEntry> Entries(int count)
    {
        var end = JournalEnd.Empty;
        var entries = new List<JournalEntry>();
        Dossier? dossier = null;
        for (var i = 0; i < count; i++)
        {
            var next = dossier ?? DepositSteps.Open(Given.Campaign, Given.Id(1), "a@b.fr", "t", [new("a", 1)], ["001"], Given.Deposited).After;
            var step = Step.From(dossier, next, $"step/{i}", Actor.Guichet, Given.Deposited, ("n", $"{i}"));
            entries.Add(step.Entry);
            dossier = step.After;
        }

        return entries;
    }

    private static JournalEnd End(List<JournalEntry> entries) => new(entries[^1].Sequence, entries[^1].Hash);

    [Fact]
    public void An_untouched_chain_holds() => Assert.Null(JournalEntry.FirstBroken(Entries(5), End(Entries(5))));

    [Fact]
    public void An_altered_entry_is_found() => Gen.Int[0, 4].Sample(altered =>
    {
        var entries = Entries(5);
        var end = End(entries);
        entries[altered] = entries[altered] with { Actor = "quelqu’un" };
        return JournalEntry.FirstBroken(entries, end) is not null;
    }, iter: 20);

    [Fact]
    public void A_missing_entry_is_found() => Gen.Int[0, 4].Sample(missing =>
    {
        var entries = Entries(5);
        var end = End(entries);
        entries.RemoveAt(missing);
        return JournalEntry.FirstBroken(entries, end) == missing + 1;
    }, iter: 20);
}
