using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Xunit;

namespace Guichet.Storage.Tests;

public sealed class ProjectTableFacts(StorageFixture storage)
{
    private static int counted;

    private ProjectTable Projects => new(storage.Table(StorageNames.Projects), storage.Dossiers);

    private static GrantApplication Application(string title) => GrantApplication.Assemble(
    [
        new PieceExtract { Kind = PieceKind.Docx, Values = [Value(Fields.ApplicantSiret, "13002526500013"), Value(Fields.ProjectTitle, title)] },
    ]);

    private static FieldValue Value(Field<string> field, string text) => FieldValue.Of(field, text, new Source("formulaire.docx", "tableau 1", text));

    private static string NewTitle() => $"Projet numéro {Interlocked.Increment(ref counted)}";

    /// <summary>A dossier that was judged on an application.</summary>
    private async Task<Dossier> Judged(GrantApplication application)
    {
        var opened = await storage.Opened();
        await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(storage.Closing(dossier)), default);
        return await storage.Dossiers.Change(
            opened.Id,
            async dossier => (dossier with { Twins = await Projects.Enter(dossier, application, default) })
                .Apply(StorageFixture.Campaign, application, new EligibilityVerdict([]), storage.Clock.Now()),
            default);
    }

    [Fact]
    public async Task A_second_dossier_of_a_project_sees_the_first_and_keeps_it()
    {
        var title = NewTitle();
        var first = await Judged(Application(title));
        var second = await Judged(Application(title.ToUpperInvariant() + " !"));
        Assert.Empty(first.Twins!.Value);
        Assert.Equal([first.Id], (await storage.Dossiers.Load(second.Id, default)).Twins!.Value);
    }

    [Fact]
    public async Task Of_two_that_come_at_once_one_at_least_sees_the_other()
    {
        var application = Application(NewTitle());
        var both = await Task.WhenAll(Judged(application), Judged(application));
        Assert.Contains(both, dossier => dossier.Twins is { Length: 1 });
    }

    [Fact]
    public async Task A_dossier_that_presents_something_else_since_is_no_twin()
    {
        var title = NewTitle();
        var first = await Judged(Application(title));
        await storage.Dossiers.Change(
            first.Id,
            dossier => Task.FromResult<Step?>(Step.From(dossier, dossier with { Application = Application(NewTitle()), Verdict = new EligibilityVerdict([new Finding("TYPE", RuleVerdict.Satisfied, RuleSeverity.Blocking, "", [])]) }, "essai", Actor.Guichet, storage.Clock.Now())),
            default);
        Assert.Empty((await Judged(Application(title))).Twins!.Value);
    }

    [Fact]
    public async Task Judging_again_finds_itself_no_twin()
    {
        var application = Application(NewTitle());
        var dossier = await Judged(application);
        Assert.Empty(await Projects.Enter(dossier, application, default));
    }
}
