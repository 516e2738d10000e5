using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using NodaTime;

namespace Guichet.Core.Review;

/// <summary>A session of the committee: prepared by the office, held, then closed; what it decided takes effect at its closing, whole.</summary>
public sealed record CommitteeSession
{
    /// <summary>Lower-case letters, digits and dashes; unique within the campaign.</summary>
    public required string Id { get; init; }

    /// <summary>The campaign's id.</summary>
    public required string Campaign { get; init; }

    /// <summary>The day of the session.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>Who was there.</summary>
    public ImmutableArray<CommitteeMember> Members { get; init; } = [];

    /// <summary>The dossiers, in the order in which they were called; that of the complementary list too.</summary>
    public ImmutableArray<SessionItem> Items { get; init; } = [];

    /// <summary>What the minutes say beside the decisions.</summary>
    public string? Note { get; init; }

    /// <summary>How far it is.</summary>
    public SessionState State { get; init; }

    /// <summary>When its decisions took effect; null before.</summary>
    public Instant? ClosedAt { get; init; }

    /// <summary>Who closed it, by id; null before.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>Opaque: what storage compares on the next write. Empty before the first.</summary>
    public string ETag { get; init; } = "";

    /// <summary>What its laureates are to get together.</summary>
    [JsonIgnore]
    public Euros Awarded => Items.Where(item => item.Outcome is DecisionOutcome.Laureat).Select(item => item.Amount ?? Euros.Zero).Sum();

    /// <summary>Why the session cannot be closed, one sentence each; empty where it can.</summary>
    /// <param name="subjects">The dossiers of its items, each with the rules in force at its deposit.</param>
    public IEnumerable<string> Faults(IReadOnlyDictionary<DossierId, (Dossier Dossier, Campaign Rules)> subjects)
    {
        if (Members.IsEmpty)
        {
            yield return "La séance n’a pas de membre présent : nommez-les dans « members ».";
        }

        if (Items.GroupBy(item => item.Dossier).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return $"Le dossier {twice.Key} est appelé deux fois : gardez une seule ligne.";
        }

        foreach (var item in Items)
        {
            if (!subjects.TryGetValue(item.Dossier, out var subject))
            {
                yield return $"Le dossier {item.Dossier} n’existe pas dans cette campagne : retirez-le de la séance.";
            }
            else
            {
                foreach (var fault in FaultsOf(item, subject.Dossier, subject.Rules))
                {
                    yield return $"Dossier {item.Dossier} (« {subject.Dossier.Title} ») : {fault}";
                }
            }
        }
    }

    private IEnumerable<string> FaultsOf(SessionItem item, Dossier dossier, Campaign rules)
    {
        if (!dossier.TakesDecision() && dossier.Decision?.Session != Id)
        {
            yield return $"il est au statut « {dossier.Status.InFrench()} », et ne peut pas être décidé.";
        }

        if (item.Outcome is not (DecisionOutcome.Laureat or DecisionOutcome.ListeComplementaire or DecisionOutcome.Refuse))
        {
            yield return "donnez sa décision dans « outcome » : laureat, liste-complementaire ou refuse.";
        }

        if (string.IsNullOrWhiteSpace(item.Reason))
        {
            yield return "donnez dans « reason » la raison de la décision : le porteur la lit.";
        }
        else if (item.Reason.Length > InadmissibilitySteps.LongestReason)
        {
            yield return $"la raison compte {item.Reason.Length} caractères ; elle en a au plus {InadmissibilitySteps.LongestReason}.";
        }

        foreach (var fault in item.Outcome is DecisionOutcome.Laureat or DecisionOutcome.ListeComplementaire ? AmountFaults(item, dossier, rules) : [])
        {
            yield return fault;
        }

        foreach (var recused in item.Recused.Where(id => Members.All(member => member.Id != id)))
        {
            yield return $"« {recused} » se déporte sans être membre de la séance.";
        }

        foreach (var member in Members.Where(member => !item.Recused.Contains(member.Id) && IsOfApplicant(member, dossier)))
        {
            yield return $"{member.Name} appartient à l’organisme porteur : inscrivez « {member.Id} » dans « recused ».";
        }
    }

    private static IEnumerable<string> AmountFaults(SessionItem item, Dossier dossier, Campaign rules)
    {
        if (item.Amount is not { } amount || amount <= Euros.Zero)
        {
            yield return "donnez dans « amount » le montant attribué, supérieur à zéro.";
        }
        else if (DecisionSteps.MostAward(rules, dossier.Application ?? new GrantApplication()) is not { } most)
        {
            yield return "le montant demandé ou l’assiette éligible n’est pas connu : le montant attribué ne peut pas être vérifié.";
        }
        else if (amount > most)
        {
            yield return $"le montant attribué ({amount}) dépasse ce que les règles permettent ({most}) : au plus le montant demandé, et le taux du guichet sur l’assiette éligible.";
        }
    }

    private static bool IsOfApplicant(CommitteeMember member, Dossier dossier) =>
        Assignment.ConflictOf(new Reviewer(member.Id, member.Name, "") { Body = member.Body }, dossier) is not null;
}

/// <summary>How far a session is.</summary>
public enum SessionState
{
    /// <summary>Being prepared or held: it may be changed.</summary>
    Draft,

    /// <summary>Its decisions are taking effect.</summary>
    Closing,

    /// <summary>They have.</summary>
    Closed,
}

/// <summary>A dossier in a session.</summary>
public sealed record SessionItem
{
    /// <summary>Which.</summary>
    public required DossierId Dossier { get; init; }

    /// <summary>Members who left the room while it was discussed, by id.</summary>
    public ImmutableArray<string> Recused { get; init; } = [];

    /// <summary>What was decided; null until it is.</summary>
    public DecisionOutcome? Outcome { get; init; }

    /// <summary>Why; the porteur reads it.</summary>
    public string? Reason { get; init; }

    /// <summary>What is given, or would be to one of the complementary list.</summary>
    public Euros? Amount { get; init; }

    /// <summary>The support given with it.</summary>
    public ImmutableArray<Support> Support { get; init; } = [];
}
