using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility;

/// <summary>What a rule says of a dossier.</summary>
public enum RuleVerdict
{
    /// <summary>The rule holds.</summary>
    Satisfied,

    /// <summary>The rule does not hold.</summary>
    Unsatisfied,

    /// <summary>A value that the rule needs is missing or could not be relied on.</summary>
    Unknown,
}

/// <summary>What follows where a rule does not hold.</summary>
public enum RuleSeverity
{
    /// <summary>A refusal is proposed to the office.</summary>
    Blocking,

    /// <summary>The porteur is asked to complete.</summary>
    Completion,

    /// <summary>The reviewers are told.</summary>
    Reserve,
}

/// <summary>A value that a rule was judged on.</summary>
/// <param name="Field">The field's id, or the name of a fact of the deposit: <c>deposit.instant</c>.</param>
/// <param name="Value">As JSON, by the field's type.</param>
/// <param name="File">Null for a fact of the deposit.</param>
/// <param name="Place">Null for a fact of the deposit.</param>
public sealed record RuleInput(string Field, JsonElement Value, string? File = null, string? Place = null)
{
    /// <summary>The input that a value of the application is.</summary>
    public static RuleInput Of(FieldValue value) => new(
        value.Field.Id,
        JsonSerializer.SerializeToElement(value.Value, value.Field.ValueType, GuichetJson.Options),
        value.Source.File,
        value.Source.Place);
}

/// <summary>A rule's judgement of a dossier: what, why, on which values.</summary>
/// <param name="Rule">The rule's id, as the regulation of the campaign names it.</param>
/// <param name="Verdict">Whether it holds.</param>
/// <param name="Severity">What follows where it does not.</param>
/// <param name="Message">A sentence in French that a porteur understands and can act on.</param>
/// <param name="Inputs">The values that it was judged on, each with its place.</param>
public sealed record Finding(string Rule, RuleVerdict Verdict, RuleSeverity Severity, string Message, ImmutableArray<RuleInput> Inputs)
{
    /// <summary>Whether the porteur has something to do before the dossier can be judged.</summary>
    [JsonIgnore]
    public bool AsksForCompletion => (Verdict, Severity) is (RuleVerdict.Unknown, not RuleSeverity.Reserve) or (RuleVerdict.Unsatisfied, RuleSeverity.Completion);

    /// <summary>Where it was seen, a file each, in words for people; empty where it was seen nowhere.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Places =>
    [
        .. Inputs.Where(input => input.File is not null).GroupBy(input => input.File, StringComparer.Ordinal)
            .Select(ofFile => $"{ofFile.Key} ({string.Join(" ; ", ofFile.Select(input => input.Place).Distinct(StringComparer.Ordinal))})"),
    ];

    /// <summary>Whether a refusal is to be proposed.</summary>
    [JsonIgnore]
    public bool ProposesRefusal => (Verdict, Severity) is (RuleVerdict.Unsatisfied, RuleSeverity.Blocking);
}

/// <summary>What the rules together make of a dossier.</summary>
public enum Outcome
{
    /// <summary>Complete and eligible.</summary>
    Recevable,

    /// <summary>Lacks something that the porteur can give.</summary>
    Incomplet,

    /// <summary>A rule that blocks is broken: a refusal is proposed, and confirmed by a person.</summary>
    Irrecevable,
}

/// <summary>The judgement of all rules.</summary>
/// <param name="Findings">One a rule, in the order of the rules.</param>
public sealed record EligibilityVerdict(ImmutableArray<Finding> Findings)
{
    /// <summary>A refusal is proposed where a blocking rule is broken, even where something is missing as well: completing would be in vain.</summary>
    [JsonIgnore]
    public Outcome Outcome =>
        Findings.Any(finding => finding.ProposesRefusal) ? Outcome.Irrecevable :
        Findings.Any(finding => finding.AsksForCompletion) ? Outcome.Incomplet :
        Outcome.Recevable;
}
