using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.FollowUp;
using Guichet.Core.Review;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Mail;

/// <summary>
/// An example of each kind of letter in which every value that a template may name is there: to check a campaign's wording, and to look at it.
/// </summary>
public static class LetterExample
{
    private const string Form = "formulaire.docx";
    private static readonly Instant Morning = Instant.FromUtc(2024, 3, 13, 9, 0);
    private static readonly LocalDate Today = new(2024, 3, 13);

    /// <summary>The address of the API in an example.</summary>
    public static readonly Uri PublicUri = new("https://guichet.exemple.gouv.fr/");

    /// <summary>The recipient's own links in an example.</summary>
    public static readonly LetterLinks Links = new(
        new Uri(PublicUri, "api/dossiers/0123456789ab/entry?link=CfDJ8Exemple"), new Uri(PublicUri, "api/digests/CfDJ8Exemple"), new Uri(PublicUri, "api/dossiers/0123456789ab/entry?link=CfDJ8Exemple&milestone=1"));

    /// <summary>The letter of a kind and the dossiers that it names.</summary>
    public static (Letter Letter, IReadOnlyList<Dossier> Dossiers) Of(LetterKind kind, Campaign campaign)
    {
        var dossier = Dossier(campaign) with { Decision = Decision(kind) };
        IReadOnlyList<Dossier> dossiers = kind switch
        {
            LetterKind.Digest => [.. OfDigest(dossier, campaign.Reviewers.IsEmpty ? "" : campaign.Reviewers[0].Id)],
            LetterKind.OfficeDigest => [.. OfOffice(dossier, campaign.Reviewers.IsEmpty ? "" : campaign.Reviewers[0].Id)],
            _ => [dossier],
        };
        var letter = new Letter
        {
            Kind = kind,
            Recipient = kind is LetterKind.Digest && !campaign.Reviewers.IsEmpty ? campaign.Reviewers[0].Email : dossier.Email,
            Date = Today,
            Campaign = campaign.Id,
            Dossiers = [.. dossiers.Select(one => one.Id)],
            About = kind switch
            {
                LetterKind.Reminder or LetterKind.Escalation => "1.j-7",
                LetterKind.RulesRefused => $"{campaign.Version}.0x8D",
                LetterKind.ReportReceived => "1.2",
                LetterKind.AgreementSigned or LetterKind.AgreementAmended or LetterKind.ProjectClosed => "1.exemple",
                LetterKind.TrancheReleased => "2.exemple",
                _ => null,
            },
            Says = kind switch
            {
                LetterKind.RulesRefused => ["ligne 24, colonne 13 : amounts.rate : 50 ; un taux est supérieur à 0 et au plus égal à 1 (0.5 pour 50 %)."],
                LetterKind.OfficeDigest => ["Le courriel « Dossier 0123456789ab : bien reçu » à claire.vaseur@exemple.gouv.fr a été refusé par son serveur : 550 5.1.1 User unknown"],
                _ => [],
            },
        };
        return (letter, dossiers);
    }

    private static IEnumerable<Dossier> OfDigest(Dossier dossier, string reviewer)
    {
        var sheet = Sheet(reviewer);
        var free = sheet with { Conflict = new ConflictDeclaration(false, null, Morning) };
        yield return Reviewed(dossier, 1, free with { Question = "Sur quoi repose le niveau 4 donné à la mesure de l’impact ?", SubmittedAt = Morning });
        yield return Reviewed(dossier, 2, free with { Arbitration = true });
        yield return Reviewed(dossier, 3, free with { DueOn = Today.PlusDays(-2) });
        yield return Reviewed(dossier, 4, sheet);
        yield return Reviewed(dossier, 5, free);
        yield return Reviewed(dossier, 6, free with { SubmittedAt = Morning }) with { Status = DossierStatus.Laureat, Decision = Decision(LetterKind.Award) };
    }

    private static IEnumerable<Dossier> OfOffice(Dossier dossier, string reviewer)
    {
        yield return Numbered(dossier, 1) with { Status = DossierStatus.IrrecevablePropose };
        yield return Numbered(dossier, 2) with { Status = DossierStatus.Incomplet, CompleteBefore = Today.PlusDays(-1) };
        yield return Reviewed(dossier, 3, Sheet(reviewer) with { DueOn = Today.PlusDays(-2) });
        yield return Numbered(dossier, 4) with
        {
            Status = DossierStatus.Instruction,
            Reviews = [.. "abcdefghi".Select(other => Sheet(other.ToString()) with { SubmittedAt = Morning })],
        };
        yield return Numbered(dossier, 5) with { Milestones = [Awaiting()], Tranches = [new Tranche { Number = 1, Amount = Euros.From(60_000) }], Closure = null };
    }

    private static Milestone Awaiting() => Reported() with { ReportedAt = Morning };

    private static ReviewSheet Sheet(string reviewer) => new()
    {
        Reviewer = reviewer,
        AssignedAt = Morning,
        DueOn = Today.PlusDays(21),
        Why = "Parmi les personnes sans lien connu avec le porteur, aucune n’avait moins de dossiers : celle-ci avait 1 dossier.",
    };

    private static Dossier Reviewed(Dossier dossier, int number, ReviewSheet sheet) => Numbered(dossier, number) with { Status = DossierStatus.Instruction, Reviews = [sheet] };

    private static Dossier Numbered(Dossier dossier, int number) => dossier with { Id = DossierId.FromRandom(BitConverter.GetBytes((ulong)number << 55)) };

    private static Dossier Dossier(Campaign campaign) => new()
    {
        Id = DossierId.Parse("0123456789ab"),
        Campaign = campaign.Id,
        Status = DossierStatus.Suivi,
        OpenedAt = Morning,
        Email = "claire.vasseur@exemple.gouv.fr",
        Pieces = [new Piece { Slot = "001-a", FileName = Form, AnnouncedBytes = 48_200, Received = new Reception(Morning, 48_200, null) }],
        Closing = new Closing(1, Morning, Morning, campaign.Version, ["001-a"]),
        JudgedRound = 1,
        CompleteBefore = Today.PlusDays(campaign.Delays.CompletionDays),
        Application = new GrantApplication
        {
            Values =
            [
                FieldValue.Of(Fields.ApplicantName, "Direction des affaires culturelles", In("tableau 1, ligne 2")),
                FieldValue.Of(Fields.ProjectTitle, "Fréquentation ouverte", In("tableau 1, ligne 5")),
                FieldValue.Of(Fields.BudgetTotal, Euros.From(1_840_000), In("tableau 3, ligne 9")),
                FieldValue.Of(Fields.BudgetRequested, Euros.From(190_000), In("tableau 3, ligne 10")),
            ],
        },
        Verdict = new EligibilityVerdict(
        [
            Broken("MONTANT", RuleSeverity.Blocking, $"Le coût total ({Euros.From(1_840_000)}) dépasse le maximum du guichet ({Euros.From(1_000_000)}).", Fields.BudgetTotal, "tableau 3, ligne 9"),
            Broken("DEPLOIEMENT", RuleSeverity.Completion, "Précisez la stratégie de déploiement.", Fields.ProjectDeployment, "tableau 2, ligne 4"),
            Broken("IMPACT-6-MOIS", RuleSeverity.Reserve, "Le premier impact est attendu plus de six mois après le début.", Fields.ProjectFirstImpact, "tableau 2, ligne 7"),
        ]),
        PreScore = new PreScore(67.5m, 100, []),
        Agreement = new Agreement
        {
            Title = "Fréquentation ouverte",
            Applicant = new FundedApplicant("13002526500013", "Direction des affaires culturelles"),
            Contact = new Person("Claire Vasseur", "claire.vasseur@exemple.gouv.fr"),
            Sponsor = new Person("Dominique Petit", "dominique.petit@exemple.gouv.fr"),
            Total = Euros.From(400_000),
            Requested = Euros.From(190_000),
            Award = Euros.From(180_000),
            SignedOn = new LocalDate(2023, 9, 20),
            EndsOn = new LocalDate(2025, 3, 20),
            Indicators = [new Indicator("M1", "Projets réutilisant les données") { Unit = "projets", Baseline = 3, Target = 25, TargetDate = new LocalDate(2025, 3, 1) }],
            Amendments =
            [
                new Amendment(1, Today, "Le recrutement a pris six mois.", new EndMoved(new LocalDate(2024, 9, 20), new LocalDate(2025, 3, 20)), [new TargetMoved("Projets réutilisant les données", 20, new LocalDate(2024, 9, 1), 25, new LocalDate(2025, 3, 1))]),
            ],
        },
        Milestones = [Reported(), new Milestone { Number = 2, Due = new LocalDate(2024, 9, 20), Final = true }],
        Tranches = [new Tranche { Number = 1, Amount = Euros.From(60_000), ReleasedAt = Morning }, new Tranche { Number = 2, Amount = Euros.From(60_000), Milestone = 1, ReleasedAt = Morning }, new Tranche { Number = 3, Amount = Euros.From(60_000), Milestone = 1, Lapsed = true }],
        Closure = new Closure(ClosureOutcome.Arrete, "L’équipe a été rappelée sur une autre priorité ; les données ouvertes le restent.", Today, Actor.Office),
    };

    private static Milestone Reported() => new()
    {
        Number = 1,
        Due = new LocalDate(2024, 3, 20),
        ReleasesTranche = true,
        Report = new ImpactReport
        {
            Files = [new ReportFile("001-a", "bilan.xlsx", new Reception(Morning, 12_000, null), null), new ReportFile("002-a", "bilan-corrigé.pdf", new Reception(Morning, 12_000, null), "Ce fichier est protégé par un mot de passe : renvoyez-le sans protection.")],
            Values = [new ReportedValue("Projets réutilisant les données", 12, Today, null)],
            Questions = ["« Projets réutilisant les données » passe de 3 projets à 120 projets : c’est bien plus que le chemin prévu jusqu’à la cible (25 projets). Est-ce bien cela ?"],
        },
    };

    private static Decision? Decision(LetterKind kind) => kind switch
    {
        LetterKind.Refusal => new()
        {
            Outcome = DecisionOutcome.Irrecevable,
            Reason = "Un projet plus resserré, limité à la première région, entrerait dans le guichet.",
            DecidedOn = Today,
            At = Morning,
            By = Actor.Office,
        },
        LetterKind.Award => new()
        {
            Outcome = DecisionOutcome.Laureat,
            Reason = "Le comité a apprécié la mesure de l’impact et demande que la première région soit ouverte avant l’été.",
            DecidedOn = Today,
            At = Morning,
            By = Actor.Office,
            Award = new Award(Euros.From(180_000), Euros.From(400_000)) { Support = [new Support(SupportKind.Juridique, "partage de données", "Lucie Bernard", SupportState.Prevu), new Support(SupportKind.Rh, "renfort en ingénierie de la donnée", null, SupportState.Prevu)] },
        },
        LetterKind.WaitingList => Decision(LetterKind.Award)! with { Outcome = DecisionOutcome.ListeComplementaire, Reason = "L’enveloppe de l’année ne suffit pas à tous les projets que le comité aurait retenus." },
        _ => null,
    };

    private static Finding Broken(string rule, RuleSeverity severity, string message, Field field, string place) =>
        new(rule, RuleVerdict.Unsatisfied, severity, message, [new RuleInput(field.Id, JsonSerializer.SerializeToElement(message), Form, place)]);

    private static Source In(string place) => new(Form, place, "");
}
