using CsCheck;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Eligibility;

namespace Guichet.Core.Tests.Eligibility;

public sealed class EligibilityFacts
{
    private static void Expect(RuleVerdict verdict, string rule, Given given) => Assert.Equal(verdict, given.Judge(rule).Verdict);

    [Fact]
    public void A_sound_dossier_satisfies_every_rule() =>
        Assert.All(Given.Application.Judge().Findings, finding => Assert.Equal((finding.Rule, RuleVerdict.Satisfied), (finding.Rule, finding.Verdict)));

    [Fact]
    public void A_value_that_is_missing_never_refuses() => Assert.All(Fields.All, field =>
        Assert.NotEqual(Outcome.Irrecevable, Given.Application.Without(field).Judge().Outcome));

    [Fact]
    public void Every_finding_on_a_value_says_where_it_was_read() => Assert.All(
        Given.Application.Judge().Findings.SelectMany(finding => finding.Inputs).Where(input => !input.Field.StartsWith("deposit.", StringComparison.Ordinal)),
        input => Assert.Equal("formulaire.docx", input.File));

    public sealed class Porteur
    {
        [Theory]
        [InlineData("7113", RuleVerdict.Satisfied)]
        [InlineData("Catégorie 7120 – service central d’un ministère", RuleVerdict.Satisfied)]
        [InlineData("7210", RuleVerdict.Unsatisfied)]
        [InlineData("7344", RuleVerdict.Unsatisfied)]
        [InlineData("7371", RuleVerdict.Unsatisfied)]
        [InlineData("5710", RuleVerdict.Unsatisfied)]
        [InlineData("7385", RuleVerdict.Unsatisfied)]
        [InlineData("9220", RuleVerdict.Unsatisfied)]
        [InlineData("7381", RuleVerdict.Unknown)]
        [InlineData("service", RuleVerdict.Unknown)]
        [InlineData("Service créé en 2019, catégorie 7113", RuleVerdict.Unknown)]
        public void Is_judged_by_the_legal_category(string category, RuleVerdict verdict) =>
            Expect(verdict, "PORTEUR", Given.Application.With(Fields.ApplicantLegalCategory, category));

        [Theory]
        [InlineData("7385")]
        [InlineData("9220")]
        [InlineData("5710")]
        public void On_the_list_of_operators_is_accepted_whatever_its_legal_form(string category) => Expect(
            RuleVerdict.Satisfied, "PORTEUR", Listed(new ApplicantRules { Operators = ["130025265"] }).With(Fields.ApplicantLegalCategory, category));

        [Fact]
        public void Excluded_comes_before_the_list_of_operators() => Expect(
            RuleVerdict.Unsatisfied, "PORTEUR", Listed(new ApplicantRules { Operators = ["130025265"], Excluded = ["130025265"] }));

        [Fact]
        public void Closed_comes_before_the_list_of_operators() => Expect(
            RuleVerdict.Unsatisfied, "PORTEUR", Listed(new ApplicantRules { Operators = ["130025265"], Closed = ["130025265"] }));

        private static Given Listed(ApplicantRules rules) => Given.Application with { Rules = Given.Campaign with { Applicants = rules } };
    }

    public sealed class Doublon
    {
        [Fact]
        public void Another_live_dossier_of_the_project_is_a_reserve_that_names_it()
        {
            var judged = Given.Application with { Twins = [Given.Id(1), Given.Id(2)] };
            var finding = judged.Judge("DOUBLON");
            Assert.Equal((RuleVerdict.Unsatisfied, RuleSeverity.Reserve), (finding.Verdict, finding.Severity));
            Assert.Contains($"({Given.Id(1)}, {Given.Id(2)})", finding.Message, StringComparison.Ordinal);
            Assert.Equal(Outcome.Recevable, judged.Judge().Outcome);
        }

        [Fact]
        public void One_other_dossier_is_enough() => Expect(RuleVerdict.Unsatisfied, "DOUBLON", Given.Application with { Twins = [Given.Id(1)] });

        [Fact]
        public void Where_nobody_has_looked_it_cannot_be_judged_and_holds_nothing_up()
        {
            var judged = Given.Application with { Twins = null };
            Expect(RuleVerdict.Unknown, "DOUBLON", judged);
            Assert.Equal(Outcome.Recevable, judged.Judge().Outcome);
        }

        [Theory]
        [InlineData("AIDES   proactives.", "13002526500013", true)]
        [InlineData("« Aides proactives »", "13002526500013", true)]
        [InlineData("Aides très proactives", "13002526500013", false)]
        [InlineData("Aides proactives", "41816609600051", false)]
        public void A_project_is_known_by_its_applicant_and_the_words_of_its_title(string title, string siret, bool same) => Assert.Equal(
            same,
            ProjectIdentity.Of(Given.Application.Build()) == ProjectIdentity.Of(Given.Application.With(Fields.ProjectTitle, title).With(Fields.ApplicantSiret, siret).Build()));

        [Fact]
        public void Without_a_title_or_a_valid_siret_no_project_is_known()
        {
            Assert.Null(ProjectIdentity.Of(Given.Application.Without(Fields.ProjectTitle).Build()));
            Assert.Null(ProjectIdentity.Of(Given.Application.With(Fields.ProjectTitle, "…").Build()));
            Assert.Null(ProjectIdentity.Of(Given.Application.With(Fields.ApplicantSiret, "13002526500014").Build()));
        }
    }

    public sealed class Montant
    {
        [Theory]
        [InlineData(99_999.99, RuleVerdict.Unsatisfied)]
        [InlineData(100_000, RuleVerdict.Satisfied)]
        [InlineData(1_000_000, RuleVerdict.Satisfied)]
        [InlineData(1_000_000.01, RuleVerdict.Unsatisfied)]
        public void Holds_within_the_bounds_both_ends_included(double total, RuleVerdict verdict) =>
            Expect(verdict, "MONTANT", Given.Application.With(Fields.BudgetTotal, Euros.From((decimal)total)));

        [Fact]
        public void Blocks_or_is_a_reserve_as_the_campaign_says()
        {
            var given = Given.Application.With(Fields.BudgetTotal, Euros.From(2_000_000));
            Assert.Equal(RuleSeverity.Blocking, given.Judge("MONTANT").Severity);
            var expected = given with { Rules = Given.Campaign with { Amounts = Given.Campaign.Amounts with { OutOfBounds = OutOfBounds.Reserve } } };
            Assert.Equal(RuleSeverity.Reserve, expected.Judge("MONTANT").Severity);
        }
    }

    public sealed class Taux
    {
        [Theory]
        [InlineData(0, RuleVerdict.Unsatisfied)]
        [InlineData(0.01, RuleVerdict.Satisfied)]
        [InlineData(200_000, RuleVerdict.Satisfied)]
        [InlineData(200_000.01, RuleVerdict.Unsatisfied)]
        public void Is_positive_and_at_most_the_rate_of_the_base(double requested, RuleVerdict verdict) =>
            Expect(verdict, "TAUX", Given.Application.With(Fields.BudgetRequested, Euros.From((decimal)requested)));

        [Fact]
        public void The_base_leaves_out_the_categories_that_the_campaign_excludes() => Expect(
            RuleVerdict.Unsatisfied, "TAUX", Given.Application with { Rules = Given.Campaign with { Amounts = Given.Campaign.Amounts with { ExcludedCategories = ["rh-interne"] } } });

        [Fact]
        public void A_line_of_no_known_category_leaves_the_base_untold() => Expect(
            RuleVerdict.Unknown, "TAUX", (Given.Application with { Rules = Given.Campaign with { Amounts = Given.Campaign.Amounts with { ExcludedCategories = ["rh-interne"] } } })
                .With(Fields.BudgetLines, [new BudgetLine(null, "Divers", Euros.From(400_000))]));

        [Fact]
        public void Asking_for_more_never_helps() => Gen.Select(Gen.Long[1, 100_000_000], Gen.Long[0, 100_000_000]).Sample((cents, more) =>
        {
            bool Holds(long requested) => Given.Application.With(Fields.BudgetRequested, new Euros(requested)).Judge("TAUX").Verdict is RuleVerdict.Satisfied;
            return Holds(cents) || !Holds(cents + more);
        }, iter: 300);
    }

    public sealed class Periode
    {
        [Theory]
        [InlineData("2023-01-16T07:59:59Z", RuleVerdict.Unsatisfied)]
        [InlineData("2023-01-16T08:00:00Z", RuleVerdict.Satisfied)]
        [InlineData("2025-12-31T22:59:59Z", RuleVerdict.Satisfied)]
        [InlineData("2025-12-31T23:00:00Z", RuleVerdict.Unsatisfied)]
        public void Is_meant_in_Paris_both_ends_included(string instant, RuleVerdict verdict) =>
            Expect(verdict, "PERIODE", Given.Application with { At = NodaTime.Text.InstantPattern.General.Parse(instant).Value });
    }

    public sealed class TypeDeProjet
    {
        [Fact]
        public void Unknown_to_the_campaign_is_refused() => Expect(RuleVerdict.Unsatisfied, "TYPE", Given.Application.With(Fields.ProjectTypes, ["cloud"]));

        [Fact]
        public void Not_stated_is_asked_for() => Expect(RuleVerdict.Unknown, "TYPE", Given.Application.Without(Fields.ProjectTypes));
    }

    public sealed class Indicateurs
    {
        [Fact]
        public void All_of_a_type_are_wanted()
        {
            var finding = Given.Application.With(Fields.ImpactIndicators, [Given.Indicator("P1")]).Judge("INDICATEURS");
            Assert.Equal(RuleVerdict.Unsatisfied, finding.Verdict);
            Assert.Contains("P2", finding.Message, StringComparison.Ordinal);
        }

        public static TheoryData<string, Func<Indicator, Indicator>> Parts => new()
        {
            { "la définition", indicator => indicator with { Definition = " " } },
            { "la valeur de départ", indicator => indicator with { Baseline = null } },
            { "la date de la valeur de départ", indicator => indicator with { BaselineDate = null } },
            { "la cible", indicator => indicator with { Target = null } },
            { "la date de la cible", indicator => indicator with { TargetDate = null } },
        };

        [Theory]
        [MemberData(nameof(Parts))]
        public void Each_part_is_wanted(string part, Func<Indicator, Indicator> without)
        {
            var finding = Given.Application.With(Fields.ImpactIndicators, [Given.Indicator("P1"), without(Given.Indicator("P2"))]).Judge("INDICATEURS");
            Assert.Equal(RuleVerdict.Unsatisfied, finding.Verdict);
            Assert.EndsWith($"« Indicateur P2 » : précisez {part}.", finding.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void Of_several_that_serve_one_that_is_complete_is_enough_beside_one_that_is_not() => Expect(RuleVerdict.Satisfied, "INDICATEURS", Given.Application
            .With(Fields.ProjectTypes, ["mise-a-disposition"])
            .With(Fields.ImpactIndicators, [Given.Indicator("M1"), Given.Indicator("M2") with { Target = null }, Given.Indicator("M3")]));

        [Fact]
        public void Each_lacking_part_is_named()
        {
            var finding = Given.Application.With(Fields.ImpactIndicators, [Given.Indicator("P1"), Given.Indicator("P2") with { Baseline = null, TargetDate = null }]).Judge("INDICATEURS");
            Assert.Contains("« Indicateur P2 » : précisez la valeur de départ, la date de la cible", finding.Message, StringComparison.Ordinal);
        }

        [Theory]
        [InlineData("M1", RuleVerdict.Satisfied)]
        [InlineData("M2", RuleVerdict.Satisfied)]
        [InlineData("P1", RuleVerdict.Unsatisfied)]
        public void One_of_several_is_enough_where_the_campaign_says_so(string code, RuleVerdict verdict) => Expect(verdict, "INDICATEURS", Given.Application
            .With(Fields.ProjectTypes, ["mise-a-disposition"]).With(Fields.ImpactIndicators, [Given.Indicator(code), Given.Indicator("M3")]));

        [Fact]
        public void One_of_the_applicants_own_is_enough_where_none_is_imposed()
        {
            var given = Given.Application.With(Fields.ProjectTypes, ["amelioration"]);
            Expect(RuleVerdict.Satisfied, "INDICATEURS", given.With(Fields.ImpactIndicators, [Given.Indicator(null)]));
            Expect(RuleVerdict.Unsatisfied, "INDICATEURS", given.With(Fields.ImpactIndicators, [Given.Indicator("P1")]));
        }

        [Fact]
        public void Types_that_are_combined_want_the_indicators_of_each() => Expect(
            RuleVerdict.Unsatisfied, "INDICATEURS", Given.Application.With(Fields.ProjectTypes, ["proactivite", "mise-a-disposition"]));
    }

    public sealed class Budget
    {
        [Fact]
        public void Lines_that_do_not_add_up_are_said_with_the_difference()
        {
            var finding = Given.Application.With(Fields.BudgetLines, [new BudgetLine(null, "Tout", Euros.From(399_999.99m))]).Judge("BUDGET");
            Assert.Equal((RuleVerdict.Unsatisfied, RuleSeverity.Completion), (finding.Verdict, finding.Severity));
            Assert.Contains("écart de 0,01", finding.Message, StringComparison.Ordinal);
        }

        [Theory]
        [InlineData(169_999.99, RuleVerdict.Unsatisfied)]
        [InlineData(170_000, RuleVerdict.Satisfied)]
        [InlineData(170_000.01, RuleVerdict.Unsatisfied)]
        public void Resources_add_up_to_the_cent(double own, RuleVerdict verdict) =>
            Expect(verdict, "BUDGET", Given.Application.With(Fields.BudgetOwnShare, Euros.From((decimal)own)));

        [Fact]
        public void Without_other_financing_the_rest_adds_up() => Expect(
            RuleVerdict.Satisfied, "BUDGET", Given.Application.Without(Fields.BudgetOtherFinancing).With(Fields.BudgetOwnShare, Euros.From(200_000)));
    }

    public sealed class Pieces
    {
        [Fact]
        public void A_missing_letter_is_asked_for_by_name()
        {
            var finding = Given.Application.WithPieces().Judge("PIECES");
            Assert.Equal((RuleVerdict.Unsatisfied, RuleSeverity.Completion), (finding.Verdict, finding.Severity));
            Assert.Contains("lettre d’engagement du sponsor", finding.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void A_letter_inside_an_archive_is_found_by_its_name() => Expect(RuleVerdict.Satisfied, "PIECES", Given.Application.WithPieces(new ReadPiece("dossier.zip", new PieceExtract
        {
            Kind = PieceKind.Zip,
            Findings = [new PieceFinding("FICHIER-DE-L-ARCHIVE", PieceSeverity.Info, "dossier.zip/lettre.pdf", null, "Lu.")],
        })));

        [Fact]
        public void A_letter_that_cannot_be_read_is_no_letter()
        {
            var unreadable = new PieceExtract
            {
                Kind = PieceKind.Unknown,
                Findings = [new PieceFinding("FICHIER-VIDE", PieceSeverity.Blocking, "lettre.pdf", null, "Le fichier est vide.")],
            };
            var finding = Given.Application.WithPieces(new ReadPiece("lettre.pdf", unreadable)).Judge("PIECES");
            Assert.Equal(RuleVerdict.Unsatisfied, finding.Verdict);
            Assert.Contains("lettre d’engagement", finding.Message, StringComparison.Ordinal);
            Assert.Contains("Le fichier est vide.", finding.Message, StringComparison.Ordinal);
        }
    }

    public sealed class Minimum
    {
        private static Given Cloud(decimal? minimumBase, decimal? minimumRequest) => Given.Application with
        {
            Rules = Given.Campaign with
            {
                Amounts = Given.Campaign.Amounts with
                {
                    ExcludedCategories = ["rh-interne"],
                    MinimumBase = minimumBase is { } b ? Euros.From(b) : null,
                    MinimumRequest = minimumRequest is { } r ? Euros.From(r) : null,
                },
            },
        };

        [Fact]
        public void Holds_where_the_campaign_has_none() => Expect(RuleVerdict.Satisfied, "MINIMUM", Cloud(null, null).Without(Fields.BudgetTotal));

        [Theory]
        [InlineData(250_000, RuleVerdict.Satisfied)]
        [InlineData(250_000.01, RuleVerdict.Unsatisfied)]
        public void Of_the_base_leaves_out_the_excluded_categories(double minimum, RuleVerdict verdict) => Expect(verdict, "MINIMUM", Cloud((decimal)minimum, null));

        [Theory]
        [InlineData(200_000, RuleVerdict.Satisfied)]
        [InlineData(200_000.01, RuleVerdict.Unsatisfied)]
        public void Of_the_request_is_included(double minimum, RuleVerdict verdict) => Expect(verdict, "MINIMUM", Cloud(null, (decimal)minimum));
    }

    public sealed class Referencement
    {
        private static Given Sharing(string mode) => Given.Application.With(Fields.ProjectTypes, ["mise-a-disposition"]).With(Fields.ImpactIndicators, [Given.Indicator(mode), Given.Indicator("M3")]);

        [Fact]
        public void Is_of_no_account_for_a_project_that_shares_nothing() => Expect(RuleVerdict.Satisfied, "REFERENCEMENT", Given.Application);

        [Theory]
        [InlineData("M2", true, null, RuleVerdict.Satisfied)]
        [InlineData("M2", null, true, RuleVerdict.Unsatisfied)]
        [InlineData("M1", null, true, RuleVerdict.Satisfied)]
        [InlineData("M1", true, false, RuleVerdict.Unsatisfied)]
        [InlineData("M3", true, null, RuleVerdict.Satisfied)]
        [InlineData("M3", null, null, RuleVerdict.Unsatisfied)]
        public void Asks_for_the_place_of_the_way_of_sharing(string mode, bool? api, bool? data, RuleVerdict verdict)
        {
            var given = Sharing(mode);
            given = api is { } a ? given.With(Fields.CommitmentsApiGouv, a) : given;
            given = data is { } d ? given.With(Fields.CommitmentsDataGouv, d) : given;
            var finding = given.Judge("REFERENCEMENT");
            Assert.Equal((verdict, RuleSeverity.Completion), (finding.Verdict, finding.Severity));
        }
    }

    public sealed class Deploiement
    {
        [Fact]
        public void Not_stated_asks_for_completion() => Assert.True(Given.Application.Without(Fields.ProjectDeployment).Judge("DEPLOIEMENT").AsksForCompletion);
    }

    public sealed class Impact6Mois
    {
        [Theory]
        [InlineData("2024-12-01", RuleVerdict.Satisfied)]
        [InlineData("2024-12-02", RuleVerdict.Unsatisfied)]
        public void Is_counted_from_the_start(string date, RuleVerdict verdict) =>
            Expect(verdict, "IMPACT-6-MOIS", Given.Application.With(Fields.ProjectFirstImpact, NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value));

        [Fact]
        public void Not_known_is_a_reserve_and_stops_nothing() => Assert.Equal(Outcome.Recevable, Given.Application.Without(Fields.ProjectFirstImpact).Judge().Outcome);
    }

    public sealed class Qualite
    {
        [Fact]
        public void Yes_is_satisfied_no_is_a_reserve_and_silence_asks_for_completion()
        {
            Expect(RuleVerdict.Satisfied, "QUALITE", Given.Application);
            var no = Given.Application.With(Fields.CommitmentsRgaa, false).Judge("QUALITE");
            Assert.Equal((RuleVerdict.Unsatisfied, RuleSeverity.Reserve), (no.Verdict, no.Severity));
            var silent = Given.Application.With(Fields.CommitmentsRgaa, false).Without(Fields.CommitmentsEcoDesign).Judge("QUALITE");
            Assert.True(silent.AsksForCompletion);
        }
    }

    public sealed class TheOutcome
    {
        [Fact]
        public void A_broken_rule_that_blocks_proposes_a_refusal_even_where_something_is_missing() => Assert.Equal(
            Outcome.Irrecevable, Given.Application.WithPieces().With(Fields.BudgetTotal, Euros.From(2_000_000)).Judge().Outcome);

        [Fact]
        public void Something_missing_asks_for_completion() => Assert.Equal(Outcome.Incomplet, Given.Application.Without(Fields.BudgetTotal).Judge().Outcome);

        [Fact]
        public void A_reserve_alone_does_not_stop_a_dossier() => Assert.Equal(Outcome.Recevable, (Given.Application with
        {
            Rules = Given.Campaign with { Amounts = Given.Campaign.Amounts with { OutOfBounds = OutOfBounds.Reserve, MaximumTotal = Euros.From(300_000) } },
        }).Judge().Outcome);
    }
}

public sealed class GrantApplicationFacts
{
    private static PieceExtract Piece(string file, Euros total, int authority) => new()
    {
        Kind = PieceKind.Docx,
        Values = [FieldValue.Of(Fields.BudgetTotal, total, new Source(file, "tableau 1, ligne 1", total.ToString()), authority)],
    };

    [Fact]
    public void Two_places_that_disagree_leave_no_value_and_say_so()
    {
        var application = GrantApplication.Assemble([Piece("a.docx", Euros.From(1), 1), Piece("b.docx", Euros.From(2), 1)]);
        Assert.Null(application.Find(Fields.BudgetTotal));
        Assert.Equal("VALEURS-DISCORDANTES", Assert.Single(application.Findings).Id);
    }

    [Fact]
    public void The_plain_authority_is_believed_and_the_difference_is_said()
    {
        var application = GrantApplication.Assemble([Piece("formulaire.docx", Euros.From(1), 1), Piece("budget.xlsx", Euros.From(2), 2)]);
        Assert.Equal(Euros.From(2), application.Find(Fields.BudgetTotal)!.Value);
        Assert.Equal(PieceSeverity.Reserve, Assert.Single(application.Findings).Severity);
    }

    [Fact]
    public void Two_places_that_agree_are_one() => Assert.Empty(GrantApplication.Assemble([Piece("a.docx", Euros.From(1), 1), Piece("b.docx", Euros.From(1), 1)]).Findings);

    [Fact]
    public void The_order_of_pieces_changes_nothing() => Gen.Shuffle(new[] { ("a", 1, 1), ("b", 2, 1), ("c", 2, 2), ("d", 3, 0) }).Sample(order =>
    {
        var shuffled = GrantApplication.Assemble(order.Select(piece => Piece(piece.Item1, Euros.From(piece.Item2), piece.Item3)));
        return shuffled.Find(Fields.BudgetTotal)!.Source.File == "c" && shuffled.Findings.Length == 1;
    }, iter: 100);
}
