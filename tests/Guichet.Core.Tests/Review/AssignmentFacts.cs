using System.Collections.Immutable;
using CsCheck;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Core.Tests.Review;

public sealed class AssignmentFacts
{
    private static readonly string[] Bodies = ["Insee", "Ministère de l’Intérieur", "Météo-France", "Préfecture du Nord"];

    private static Campaign With(IEnumerable<Reviewer> reviewers) => Given.Campaign with { Reviewers = [.. reviewers] };

    private static Dossier Scored(int number, string applicant = "Direction interministérielle du numérique") => new()
    {
        Id = Given.Id(number),
        Campaign = Given.Campaign.Id,
        Status = DossierStatus.Note,
        OpenedAt = Given.Deposited,
        Email = "porteur@exemple.gouv.fr",
        Application = Given.Application.With(Fields.ApplicantName, applicant).Build(),
    };

    private static readonly Gen<Reviewer[]> Reviewers = Gen.Select(Gen.Int[0, Bodies.Length].Select(index => index < Bodies.Length ? Bodies[index] : ""), Gen.Bool).Array[2, 9].Select(people =>
        people.Select((person, index) => new Reviewer($"r{index}", $"Personne {index}", $"r{index}@exemple.gouv.fr")
        {
            Body = person.Item1.Length == 0 ? null : person.Item1,
            Specialities = person.Item2 ? ["proactivite"] : [],
        }).ToArray());

    /// <summary>Gives dossiers to reviewers one after the other, as the ledger counts.</summary>
    private static List<(Dossier Dossier, ImmutableArray<string> Chosen)> Give(Campaign campaign, IEnumerable<Dossier> dossiers)
    {
        var loads = new Dictionary<string, long>();
        var given = new List<(Dossier, ImmutableArray<string>)>();
        foreach (var dossier in dossiers)
        {
            var chosen = Assignment.Choose(campaign, dossier, loads, 2);
            given.Add((dossier, chosen));
            foreach (var reviewer in chosen)
            {
                loads[reviewer] = loads.GetValueOrDefault(reviewer) + 1;
            }
        }

        return given;
    }

    [Fact]
    public void Without_conflicts_no_reviewer_ever_has_two_dossiers_more_than_another() => Gen.Select(Reviewers, Gen.Int[1, 40]).Sample((reviewers, count) =>
    {
        var given = Give(With(reviewers), Enumerable.Range(1, count).Select(number => Scored(number)));
        var loads = reviewers.Select(reviewer => given.Count(one => one.Chosen.Contains(reviewer.Id))).ToList();
        Assert.InRange(loads.Max() - loads.Min(), 0, 1);
        Assert.All(given, one => Assert.Equal(2, one.Chosen.Distinct().Count()));
    });

    [Fact]
    public void Nobody_reviews_a_dossier_of_its_own_body_and_whoever_is_chosen_has_no_more_than_any_who_could() =>
        Gen.Select(Reviewers, Gen.Int[0, Bodies.Length - 1].Select(index => Bodies[index]).Array[1, 30]).Sample((reviewers, applicants) =>
        {
            var loads = reviewers.ToDictionary(reviewer => reviewer.Id, _ => 0L);
            foreach (var (applicant, index) in applicants.Select((name, index) => (name, index)))
            {
                var dossier = Scored(index + 1, applicant.ToUpperInvariant());
                var chosen = Assignment.Choose(With(reviewers), dossier, loads, 2);
                var able = reviewers.Where(reviewer => reviewer.Body != applicant).ToList();
                Assert.Equal(Math.Min(2, able.Count), chosen.Length);
                Assert.All(chosen, id => Assert.Contains(able, reviewer => reviewer.Id == id));
                Assert.All(able.Where(reviewer => !chosen.Contains(reviewer.Id)), left => Assert.All(chosen, id => Assert.True(loads[id] <= loads[left.Id])));
                foreach (var id in chosen)
                {
                    loads[id]++;
                }
            }
        });

    [Fact]
    public void The_same_state_gives_the_same_answer_in_whatever_order_the_rules_name_people() => Reviewers.Sample(reviewers => Assert.Equal(
        Give(With(reviewers), Enumerable.Range(1, 10).Select(number => Scored(number))).Select(one => string.Join(' ', one.Chosen)),
        Give(With(reviewers.Reverse()), Enumerable.Range(1, 10).Select(number => Scored(number))).Select(one => string.Join(' ', one.Chosen))));

    [Fact]
    public void Of_those_with_as_few_dossiers_the_one_at_home_in_the_type_is_chosen()
    {
        var campaign = With([new Reviewer("a", "A", "a@x.fr"), new Reviewer("b", "B", "b@x.fr") { Specialities = ["proactivite"] }, new Reviewer("c", "C", "c@x.fr")]);
        Assert.Equal("b", Assert.Single(Assignment.Choose(campaign, Scored(1), new Dictionary<string, long>(), 1)));
        Assert.DoesNotContain("b", Assignment.Choose(campaign, Scored(1), new Dictionary<string, long> { ["b"] = 1 }, 2));
        Assert.Contains("connaît ce type de projet (proactivite)", Assignment.Why(campaign, Scored(1), "b", 0), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reviewer_of_the_applicants_ministry_is_told_apart_by_name_whatever_its_case_and_dashes()
    {
        var reviewer = new Reviewer("a", "Ada", "a@x.fr") { Ministry = "Ministère de l’Économie" };
        var dossier = Scored(1) with { Application = Given.Application.With(Fields.ApplicantMinistry, "MINISTERE DE L'ECONOMIE").Build() };
        Assert.Contains("même ministère", Assignment.ConflictOf(reviewer, dossier), StringComparison.Ordinal);
        Assert.Null(Assignment.ConflictOf(reviewer, Scored(1)));
    }

    [Fact]
    public void Who_withdrew_is_not_asked_again_and_somebody_else_is()
    {
        var campaign = With([new Reviewer("a", "A", "a@x.fr"), new Reviewer("b", "B", "b@x.fr"), new Reviewer("c", "C", "c@x.fr")]);
        var now = Given.Deposited;
        var assigned = Scored(1).Assign(campaign, [("a", "…"), ("b", "…")], arbitration: false, Actor.Guichet, now)!.After;
        Assert.Equal((DossierStatus.Instruction, 0), (assigned.Status, Assignment.Lacking(campaign, campaign, assigned)));
        var left = assigned.Declare("a", conflict: true, "Nous avons travaillé ensemble.", now);
        Assert.Contains(left.Messages, message => message.Queue is QueueName.Assignment);
        Assert.Equal(1, Assignment.Lacking(campaign, campaign, left.After));
        Assert.Equal("c", Assert.Single(Assignment.Choose(campaign, left.After, new Dictionary<string, long>(), 2)));
        Assert.DoesNotContain("travaillé", left.Entry.Details.Values);
    }

    [Theory]
    [InlineData(4, 3, 4, 4, false)]
    [InlineData(4, 2, 4, 2, true)]
    [InlineData(4, 4, 4, 1, true)]
    public void A_third_reviewer_is_asked_once_two_are_further_apart_than_the_campaign_says(int mainOfA, int mainOfB, int othersOfA, int othersOfB, bool arbitrated)
    {
        var campaign = With([new Reviewer("a", "A", "a@x.fr"), new Reviewer("b", "B", "b@x.fr"), new Reviewer("c", "C", "c@x.fr")]);
        var dossier = Scored(1).Assign(campaign, [("a", "…"), ("b", "…")], arbitration: false, Actor.Guichet, Given.Deposited)!.After;
        dossier = Submitted(Submitted(dossier, "a", mainOfA, othersOfA), "b", mainOfB, othersOfB);
        Assert.Equal(arbitrated ? 1 : 0, Assignment.Lacking(campaign, campaign, dossier));
        if (arbitrated)
        {
            var third = dossier.Assign(campaign, [("c", "…")], arbitration: true, Actor.Guichet, Given.Deposited)!.After;
            Assert.Equal((true, 0), (third.SheetOf("c")!.Arbitration, Assignment.Lacking(campaign, campaign, third)));
        }
    }

    [Fact]
    public void The_score_is_the_mean_of_the_reviewers_and_the_pre_score_counts_in_none()
    {
        var campaign = With([new Reviewer("a", "A", "a@x.fr"), new Reviewer("b", "B", "b@x.fr")]);
        var dossier = Scored(1).Assign(campaign, [("a", "…"), ("b", "…")], arbitration: false, Actor.Guichet, Given.Deposited)!.After;
        var scores = ReviewScores.Of(campaign, Submitted(Submitted(dossier, "a", 4, 4), "b", 3, 3));
        Assert.Equal((100m, 75m, 87.5m, 100m), (scores.Reviewers[0].Points, scores.Reviewers[1].Points, scores.Mean, scores.OutOf));
        Assert.Null(ReviewScores.Of(campaign, dossier).Mean);
    }

    [Fact]
    public void A_review_counts_only_with_a_level_and_a_reason_for_each_criterion()
    {
        var campaign = With([new Reviewer("a", "A", "a@x.fr")]);
        var dossier = Scored(1).Assign(campaign, [("a", "…")], arbitration: false, Actor.Guichet, Given.Deposited)!.After;
        var marks = Marks(campaign, dossier, 4, 4);
        Assert.Null(ReviewSteps.MarksRefusal(campaign, dossier, marks, null, submit: true));
        Assert.Contains("Il manque un niveau ou une raison", ReviewSteps.MarksRefusal(campaign, dossier, [marks[0] with { Reason = " " }, .. marks.Skip(1)], null, submit: true), StringComparison.Ordinal);
        Assert.Null(ReviewSteps.MarksRefusal(campaign, dossier, [marks[0] with { Level = null }], null, submit: false));
        Assert.Contains("de 0 à 4", ReviewSteps.MarksRefusal(campaign, dossier, [marks[0] with { Level = 5 }], null, submit: false), StringComparison.Ordinal);
        Assert.Contains("n’est pas un critère", ReviewSteps.MarksRefusal(campaign, dossier, [new Mark("autre", 1, "…")], null, submit: false), StringComparison.Ordinal);
        Assert.Contains("deux fois", ReviewSteps.MarksRefusal(campaign, dossier, [marks[0], marks[0]], null, submit: false), StringComparison.Ordinal);
    }

    private static ImmutableArray<Mark> Marks(Campaign campaign, Dossier dossier, int main, int others)
    {
        var grid = Guichet.Core.Scoring.Grid.Of(campaign, dossier.Application!);
        return [.. grid.Criteria.Select(one => new Mark(one.Criterion.Id, one == grid.Main ? main : others, "Parce que."))];
    }

    private static Dossier Submitted(Dossier dossier, string reviewer, int main, int others) =>
        dossier.SaveMarks(reviewer, Marks(Given.Campaign, dossier, main, others), null, submit: true, Given.Deposited + Duration.FromDays(1)).After;
}
