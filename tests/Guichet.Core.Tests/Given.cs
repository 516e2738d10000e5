using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Eligibility;
using Guichet.Core.FollowUp;
using NodaTime;

namespace Guichet.Core.Tests;

/// <summary>A sound application to the data guichet; a test states only what it changes.</summary>
internal sealed record Given
{
    public const string Dinum = "13002526500013";

    public static readonly Campaign Campaign = CampaignOf("ftap-data/2023-01.json");

    public static readonly Instant Deposited = Instant.FromUtc(2024, 3, 13, 9, 0);

    private ImmutableDictionary<string, FieldValue> Values { get; init; } = ImmutableDictionary<string, FieldValue>.Empty;

    private ImmutableArray<ReadPiece> OtherPieces { get; init; } = [new("lettre d’engagement.pdf", new PieceExtract { Kind = PieceKind.Pdf })];

    public Campaign Rules { get; init; } = Campaign;

    public Instant At { get; init; } = Deposited;

    public static readonly Given Application = Sound();

    public static Campaign CampaignOf(string file) =>
        CampaignFile.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "campaigns", file))) is { Campaign: { } campaign }
            ? campaign
            : throw new InvalidDataException(file);

    public Given With<T>(Field<T> field, T value) where T : notnull =>
        this with { Values = Values.SetItem(field.Id, FieldValue.Of(field, value, new Source("formulaire.docx", "tableau 1", $"{value}"))) };

    public Given Without(Field field) => this with { Values = Values.Remove(field.Id) };

    public Given WithPieces(params ReadPiece[] pieces) => this with { OtherPieces = [.. pieces] };

    public GrantApplication Build() => GrantApplication.Assemble([Extract]);

    public PieceExtract Extract => new() { Kind = PieceKind.Docx, Values = [.. Values.Values.OrderBy(value => value.Field.Id, StringComparer.Ordinal)] };

    public ImmutableArray<DossierId>? Twins { get; init; } = [];

    public DepositFacts Facts => new(At, [new ReadPiece("formulaire.docx", Extract), .. OtherPieces]) { Twins = Twins };

    public EligibilityVerdict Judge() => EligibilityRules.Evaluate(Rules, Build(), Facts);

    public Finding Judge(string rule) => Judge().Findings.Single(finding => finding.Rule == rule);

    public static Indicator Indicator(string? code) => new(code, $"Indicateur {code}")
    {
        Definition = "Nombre d’usagers",
        Unit = "usagers",
        Baseline = 100,
        BaselineDate = new LocalDate(2024, 1, 1),
        Target = 500,
        TargetDate = new LocalDate(2025, 6, 30),
        Intermediate = [new IntermediateTarget(new LocalDate(2024, 12, 31), 250)],
        Source = "Système d’information",
        Method = "Décompte",
        Frequency = "Mensuelle",
        Owner = "Bureau des études",
    };

    public static Agreement Agreement(LocalDate signed, LocalDate ends) => new()
    {
        Title = "Données ouvertes",
        Applicant = new FundedApplicant(Dinum, "DINUM"),
        Contact = new Person("Claude Martin", "claude.martin@exemple.gouv.fr"),
        Sponsor = new Person("Dominique Petit", "dominique.petit@exemple.gouv.fr"),
        Total = Euros.From(300_000),
        Requested = Euros.From(150_000),
        Award = Euros.From(140_000),
        SignedOn = signed,
        EndsOn = ends,
    };

    public static DossierId Id(int number) => DossierId.FromRandom(BitConverter.GetBytes((ulong)number));

    private static Given Sound() => new Given()
        .With(Fields.ApplicantSiret, Dinum)
        .With(Fields.ApplicantName, "Direction interministérielle du numérique")
        .With(Fields.ApplicantLegalCategory, "7120")
        .With(Fields.ProjectTitle, "Aides proactives")
        .With(Fields.ProjectTypes, ["proactivite"])
        .With(Fields.ProjectStart, new LocalDate(2024, 6, 1))
        .With(Fields.ProjectFirstImpact, new LocalDate(2024, 11, 1))
        .With(Fields.ProjectDeployment, "Deux territoires, puis tous en six mois")
        .With(Fields.CommitmentsOpenSource, true)
        .With(Fields.CommitmentsRgaa, true)
        .With(Fields.CommitmentsEcoDesign, true)
        .With(Fields.BudgetLines, [new BudgetLine("prestation", "Développement", Euros.From(250_000)), new BudgetLine("rh-interne", "Équipe", Euros.From(150_000))])
        .With(Fields.BudgetTotal, Euros.From(400_000))
        .With(Fields.BudgetRequested, Euros.From(200_000))
        .With(Fields.BudgetOwnShare, Euros.From(170_000))
        .With(Fields.BudgetOtherFinancing, [new OtherFinancing("Cnaf", Euros.From(30_000))])
        .With(Fields.ImpactIndicators, [Indicator("P1"), Indicator("P2")]);
}
