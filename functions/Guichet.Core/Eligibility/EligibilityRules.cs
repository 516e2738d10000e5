using System.Collections.Immutable;
using System.Text.Json;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using NodaTime;

namespace Guichet.Core.Eligibility;

/// <summary>What is known of a deposit beside what its pieces say.</summary>
/// <param name="Instant">When the last file present at the first closing was received.</param>
/// <param name="Pieces">The pieces taken in, with what was understood of each.</param>
public sealed record DepositFacts(Instant Instant, ImmutableArray<ReadPiece> Pieces)
{
    /// <summary>Other live dossiers of the campaign that present the same project, in order; null where nobody has looked.</summary>
    public ImmutableArray<DossierId>? Twins { get; init; }
}

/// <summary>A piece by the porteur's name for it, and its extract.</summary>
public sealed record ReadPiece(string FileName, PieceExtract Extract);

/// <summary>The rules by which a dossier is admitted (fields and order of <c>domain.md</c> §3): pure, so that any verdict can be computed again.</summary>
public static class EligibilityRules
{
    private static readonly ImmutableArray<EligibilityRule> All =
    [
        new Rules.Porteur(), new Rules.SiretRule(), new Rules.Montant(), new Rules.Taux(), new Rules.Minimum(), new Rules.TypeDeProjet(),
        new Rules.Periode(), new Rules.Pieces(), new Rules.Indicateurs(), new Rules.Budget(), new Rules.Referencement(),
        new Rules.Deploiement(), new Rules.Impact6Mois(), new Rules.Qualite(), new Rules.Doublon(),
    ];

    /// <summary>What each rule asks of a dossier under a campaign, and what follows where it is not so, in the order in which they are applied.</summary>
    public static ImmutableArray<PublishedRule> Published(Campaign campaign) => [.. All.Select(rule => rule.Publish(campaign))];

    /// <summary>Judges an application deposited under a campaign.</summary>
    public static EligibilityVerdict Evaluate(Campaign campaign, GrantApplication application, DepositFacts deposit)
    {
        var subject = new Subject(campaign, application, deposit);
        return new EligibilityVerdict([.. All.Select(rule => rule.Judge(subject))]);
    }
}

/// <summary>A rule as it is published.</summary>
/// <param name="Id">As findings name it.</param>
/// <param name="Severity">What follows where it is not satisfied, unless its sentence says otherwise.</param>
/// <param name="Asks">What it asks, in French.</param>
public sealed record PublishedRule(string Id, RuleSeverity Severity, string Asks);

/// <summary>What a rule may look at.</summary>
internal sealed class Subject(Campaign campaign, GrantApplication application, DepositFacts deposit)
{
    // Several rules rest on one value: it is written down once.
    private readonly Dictionary<string, RuleInput?> inputs = new(StringComparer.Ordinal);

    public Campaign Campaign => campaign;

    public GrantApplication Application => application;

    public DepositFacts Deposit => deposit;

    /// <summary>The input that a field is, where the dossier states it.</summary>
    public RuleInput? Input(Field field) => inputs.TryGetValue(field.Id, out var known)
        ? known
        : inputs[field.Id] = application.Find(field.Id) is { } value ? RuleInput.Of(value) : null;
}

/// <summary>One rule of eligibility: an id, what follows where it does not hold, and a judgement.</summary>
internal abstract class EligibilityRule(string id)
{
    public Finding Judge(Subject subject)
    {
        var judgement = Decide(subject);
        return new Finding(id, judgement.Verdict, judgement.Severity ?? SeverityFor(subject.Campaign), judgement.Message, judgement.Inputs);
    }

    public PublishedRule Publish(Campaign campaign) => new(id, SeverityFor(campaign), Ask(campaign));

    /// <summary>What the rule asks under a campaign, for whoever reads the published rules: sentences in French.</summary>
    protected abstract string Ask(Campaign campaign);

    protected virtual RuleSeverity SeverityFor(Campaign campaign) => RuleSeverity.Blocking;

    protected abstract Judgement Decide(Subject subject);

    /// <param name="Severity">Where it depends on what was found; null for the rule's own.</param>
    protected internal sealed record Judgement(RuleVerdict Verdict, string Message, ImmutableArray<RuleInput> Inputs, RuleSeverity? Severity = null);

    protected static Judgement Satisfied(string message, params ReadOnlySpan<RuleInput?> inputs) => new(RuleVerdict.Satisfied, message, Known(inputs));

    protected static Judgement Unsatisfied(string message, params ReadOnlySpan<RuleInput?> inputs) => new(RuleVerdict.Unsatisfied, message, Known(inputs));

    protected static Judgement Unknown(string message, params ReadOnlySpan<RuleInput?> inputs) => new(RuleVerdict.Unknown, message, Known(inputs));

    /// <summary>The input that a field is, where the dossier states it.</summary>
    protected static RuleInput? Input(Subject subject, Field field) => subject.Input(field);

    /// <summary>An input that comes from the deposit itself.</summary>
    protected static RuleInput Fact<T>(string name, T value) => new(name, JsonSerializer.SerializeToElement(value, GuichetJson.Options));

    private static ImmutableArray<RuleInput> Known(ReadOnlySpan<RuleInput?> inputs)
    {
        var known = ImmutableArray.CreateBuilder<RuleInput>();
        foreach (var input in inputs)
        {
            if (input is not null)
            {
                known.Add(input);
            }
        }

        return known.ToImmutable();
    }
}
