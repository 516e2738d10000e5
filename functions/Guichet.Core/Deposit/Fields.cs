using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;

namespace Guichet.Core.Deposit;

/// <summary>What a field of the grant application holds.</summary>
public abstract record Field(string Id, string Label)
{
    /// <summary>The .NET type of the field's value.</summary>
    public abstract Type ValueType { get; }
}

/// <summary>A field and the type of its value.</summary>
/// <typeparam name="T">One of: string, <see cref="Euros"/>, <see cref="LocalDate"/>, decimal, bool, or an immutable array of strings or of a part.</typeparam>
/// <param name="Id">The stable id that rules, findings and exports name.</param>
/// <param name="Label">What a porteur calls it, in French.</param>
public sealed record Field<T>(string Id, string Label) : Field(Id, Label)
{
    /// <inheritdoc/>
    public override Type ValueType => typeof(T);
}

/// <summary>The canonical grant application: every field that the guichet knows, by its stable id.</summary>
public static class Fields
{
#pragma warning disable CS1591 // each label says what the field is
    public static readonly Field<string> ApplicantSiret = new("applicant.siret", "SIRET du porteur");
    public static readonly Field<string> ApplicantName = new("applicant.name", "Nom de l’administration");
    public static readonly Field<string> ApplicantLegalCategory = new("applicant.legalCategory", "Catégorie juridique");
    public static readonly Field<string> ApplicantMinistry = new("applicant.ministry", "Ministère de rattachement");
    public static readonly Field<string> ContactName = new("contact.name", "Nom du contact");
    public static readonly Field<string> ContactRole = new("contact.role", "Fonction du contact");
    public static readonly Field<string> ContactEmail = new("contact.email", "Courriel du contact");
    public static readonly Field<string> ContactPhone = new("contact.phone", "Téléphone du contact");
    public static readonly Field<string> SponsorName = new("sponsor.name", "Nom du sponsor");
    public static readonly Field<string> SponsorRole = new("sponsor.role", "Fonction du sponsor");
    public static readonly Field<string> ProjectTitle = new("project.title", "Titre du projet");
    public static readonly Field<string> ProjectAcronym = new("project.acronym", "Acronyme du projet");
    public static readonly Field<string> ProjectSummary = new("project.summary", "Résumé du projet");
    public static readonly Field<ImmutableArray<string>> ProjectTypes = new("project.types", "Type de projet");
    public static readonly Field<string> ProjectPriorityPolicy = new("project.priorityPolicy", "Politique prioritaire");
    public static readonly Field<string> ProjectBeneficiaries = new("project.beneficiaries", "Bénéficiaires");
    public static readonly Field<LocalDate> ProjectStart = new("project.start", "Début du projet");
    public static readonly Field<LocalDate> ProjectEnd = new("project.end", "Fin du projet");
    public static readonly Field<LocalDate> ProjectFirstImpact = new("project.firstImpact", "Date du premier impact");
    public static readonly Field<decimal> ProjectDurationMonths = new("project.durationMonths", "Durée du projet en mois");
    public static readonly Field<string> ProjectDeployment = new("project.deployment", "Stratégie de déploiement");
    public static readonly Field<ImmutableArray<ProjectMilestone>> ProjectMilestones = new("project.milestones", "Jalons du projet");
    public static readonly Field<ImmutableArray<BudgetLine>> BudgetLines = new("budget.lines", "Lignes du budget");
    public static readonly Field<Euros> BudgetTotal = new("budget.total", "Coût total TTC");
    public static readonly Field<Euros> BudgetRequested = new("budget.requested", "Cofinancement demandé");
    public static readonly Field<Euros> BudgetOwnShare = new("budget.ownShare", "Part financée par le porteur");
    public static readonly Field<ImmutableArray<OtherFinancing>> BudgetOtherFinancing = new("budget.otherFinancing", "Autres financements");
    public static readonly Field<ImmutableArray<Indicator>> ImpactIndicators = new("impact.indicators", "Indicateurs d’impact");
    public static readonly Field<string> ImpactEvaluation = new("impact.evaluation", "Dispositif d’évaluation");
    public static readonly Field<ImmutableArray<DataSource>> DataSources = new("data.sources", "Sources de données");
    public static readonly Field<string> LegalBasis = new("legal.basis", "Base légale");
    public static readonly Field<string> LegalDpo = new("legal.dpo", "Délégué à la protection des données");
    public static readonly Field<bool> LegalDpia = new("legal.dpia", "Analyse d’impact (AIPD)");
    public static readonly Field<bool> CommitmentsOpenSource = new("commitments.openSource", "Engagement : code source ouvert");
    public static readonly Field<bool> CommitmentsApiGouv = new("commitments.apiGouv", "Engagement : référencement sur api.gouv.fr");
    public static readonly Field<bool> CommitmentsDataGouv = new("commitments.dataGouv", "Engagement : référencement sur data.gouv.fr");
    public static readonly Field<bool> CommitmentsRgaa = new("commitments.rgaa", "Engagement : accessibilité (RGAA)");
    public static readonly Field<bool> CommitmentsEcoDesign = new("commitments.ecoDesign", "Engagement : écoconception");
    public static readonly Field<string> CommitmentsLicence = new("commitments.licence", "Licence");
    public static readonly Field<string> CommitmentsRepository = new("commitments.repository", "Dépôt de code");
    public static readonly Field<string> TechnicalSolution = new("technical.solution", "Solution technique");
    public static readonly Field<string> TechnicalReusedBlocks = new("technical.reusedBlocks", "Briques et API réutilisées");
    public static readonly Field<string> TechnicalAi = new("technical.ai", "Recours à l’intelligence artificielle");
    public static readonly Field<string> TechnicalEthicalRisks = new("technical.ethicalRisks", "Risques éthiques");
    public static readonly Field<ImmutableArray<TeamMember>> GovernanceTeam = new("governance.team", "Équipe");
    public static readonly Field<string> GovernanceCalendar = new("governance.calendar", "Calendrier");
    public static readonly Field<ImmutableArray<Risk>> GovernanceRisks = new("governance.risks", "Risques");
    public static readonly Field<ImmutableArray<string>> SupportRequested = new("support.requested", "Accompagnement demandé");
#pragma warning restore CS1591

    /// <summary>Every field, in the order in which a form presents them.</summary>
    public static readonly ImmutableArray<Field> All =
    [
        ApplicantSiret, ApplicantName, ApplicantLegalCategory, ApplicantMinistry,
        ContactName, ContactRole, ContactEmail, ContactPhone, SponsorName, SponsorRole,
        ProjectTitle, ProjectAcronym, ProjectSummary, ProjectTypes, ProjectPriorityPolicy, ProjectBeneficiaries,
        ProjectStart, ProjectEnd, ProjectFirstImpact, ProjectDurationMonths, ProjectDeployment, ProjectMilestones,
        BudgetLines, BudgetTotal, BudgetRequested, BudgetOwnShare, BudgetOtherFinancing,
        ImpactIndicators, ImpactEvaluation, DataSources, LegalBasis, LegalDpo, LegalDpia,
        CommitmentsOpenSource, CommitmentsApiGouv, CommitmentsDataGouv, CommitmentsRgaa, CommitmentsEcoDesign,
        CommitmentsLicence, CommitmentsRepository,
        TechnicalSolution, TechnicalReusedBlocks, TechnicalAi, TechnicalEthicalRisks,
        GovernanceTeam, GovernanceCalendar, GovernanceRisks, SupportRequested,
    ];

    private static readonly FrozenDictionary<string, Field> ById = All.ToFrozenDictionary(field => field.Id);

    private static readonly FrozenDictionary<string, int> Orders = All.Select((field, order) => (field.Id, order)).ToFrozenDictionary(one => one.Id, one => one.order);

    /// <summary>Where a field stands in a form.</summary>
    /// <exception cref="KeyNotFoundException">The guichet knows no field of that id.</exception>
    public static int OrderOf(string id) => Orders[id];

    /// <summary>The field of an id, or null where the guichet knows none of that id.</summary>
    public static Field? Find(string id) => ById.GetValueOrDefault(id);
}

/// <summary>A step that the project has announced.</summary>
public sealed record ProjectMilestone(string Label, LocalDate? Date);

/// <summary>One line of the budget, all taxes included.</summary>
/// <param name="Category">One of <c>rh-interne prestation logiciel-licence infrastructure formation communication autre</c>, or null where none was recognised.</param>
/// <param name="Label">What is paid for.</param>
/// <param name="Amount">All taxes included.</param>
/// <param name="Period">As written: a year, a half-year, a range.</param>
public sealed record BudgetLine(string? Category, string Label, Euros Amount, string? Period = null);

/// <summary>Money that comes from neither the programme nor the applicant.</summary>
public sealed record OtherFinancing(string From, Euros Amount);

/// <summary>An impact indicator: usable when a stranger could measure it again.</summary>
/// <param name="Code">P1, P2, M1, M2 or M3 for an indicator of the campaign; null for one of the applicant's own.</param>
public sealed record Indicator(string? Code, string Name)
{
#pragma warning disable CS1591 // the names are those of the application's fields
    public string? Definition { get; init; }
    public string? Unit { get; init; }
    public decimal? Baseline { get; init; }
    public LocalDate? BaselineDate { get; init; }
    public decimal? Target { get; init; }
    public LocalDate? TargetDate { get; init; }
    public ImmutableArray<IntermediateTarget> Intermediate { get; init; } = [];
    public string? Source { get; init; }
    public string? Method { get; init; }
    public string? Frequency { get; init; }
    public string? Owner { get; init; }
#pragma warning restore CS1591
}

/// <summary>The value that an indicator is to have reached at a date.</summary>
public sealed record IntermediateTarget(LocalDate Date, decimal Value);

/// <summary>A source of data that the project draws on.</summary>
public sealed record DataSource(string Name, string? Holder = null, bool? Personal = null, bool? Sensitive = null, bool? Available = null, string? Quality = null);

/// <summary>A role in the team, in full-time equivalents.</summary>
public sealed record TeamMember(string Role, decimal? Fte = null);

/// <summary>A risk, its severity and what answers it.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1724", Justification = "The domain's word.")]
public sealed record Risk([property: System.Text.Json.Serialization.JsonPropertyName("risk")] string Description, string? Severity = null, string? Answer = null);
