using System.Collections.Immutable;
using CsCheck;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Core.Tests.Review;

public sealed class DigestFacts
{
    private static readonly Reviewer Ada = new("ada", "Ada", "ada@exemple.gouv.fr");

    private static readonly Campaign Campaign = Given.Campaign with { Reviewers = [Ada] };

    private static readonly LocalDate Wednesday = new(2024, 3, 13);

    private static Instant At(LocalDate day, int hour, int minute = 0) => day.At(new LocalTime(hour, minute), Campaign.Zone);

    private static Dossier Hers(int number, Func<ReviewSheet, ReviewSheet>? change = null)
    {
        var sheet = new ReviewSheet { Reviewer = "ada", AssignedAt = At(Wednesday, 9), DueOn = Wednesday.PlusDays(21), Why = "…" };
        return new()
        {
            Id = Given.Id(number),
            Campaign = Campaign.Id,
            Status = DossierStatus.Instruction,
            OpenedAt = Given.Deposited,
            Email = "porteur@exemple.gouv.fr",
            Reviews = [change?.Invoke(sheet) ?? sheet],
        };
    }

    private static readonly ConflictDeclaration None = new(false, null, At(Wednesday, 9));

    [Theory]
    [InlineData("2024-03-13T07:29", "2024-03-13T07:30")]
    [InlineData("2024-03-13T07:30", "2024-03-14T07:30")]
    [InlineData("2024-03-15T12:00", "2024-03-18T07:30")] // Friday to Monday
    [InlineData("2024-03-29T08:00", "2024-04-02T07:30")] // over Easter Monday; and over the change of hour
    public void The_next_occasion_is_on_a_working_day_of_the_campaign(string after, string next)
    {
        Instant Local(string text) => NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value.InZoneStrictly(Campaign.Zone).ToInstant();
        Assert.Equal(Local(next), Digest.Next(Campaign, Local(after)));
    }

    [Fact]
    public void Each_dossier_stands_under_one_head()
    {
        var decided = new Decision { Outcome = DecisionOutcome.Laureat, DecidedOn = Wednesday, At = At(Wednesday, 15), By = "bureau" };
        var dossiers = new[]
        {
            Hers(1),
            Hers(2, sheet => sheet with { Conflict = None }),
            Hers(3, sheet => sheet with { Conflict = None, DueOn = Wednesday.PlusDays(-1) }),
            Hers(4, sheet => sheet with { Conflict = None, Arbitration = true }),
            Hers(5, sheet => sheet with { Conflict = None, SubmittedAt = At(Wednesday, 10), Question = "Pourquoi 4 ?" }),
            Hers(6, sheet => sheet with { Conflict = None, SubmittedAt = At(Wednesday, 10) }),
            Hers(7) with { Status = DossierStatus.Laureat, Decision = decided },
            Hers(8) with { Status = DossierStatus.Laureat, Decision = decided with { At = At(Wednesday, 7) } },
        };
        var digest = ReviewerDigest.Of("ada", dossiers, since: At(Wednesday, 8), Wednesday);
        Assert.Equal(
            ([1], [4, 5], [3], [2], [7]),
            (Numbers(digest.New), Numbers(digest.Asked), Numbers(digest.Late), Numbers(digest.Waiting), Numbers(digest.Decided)),
            (IEqualityComparer<(int[], int[], int[], int[], int[])>)new Same());
    }

    [Fact]
    public void With_nothing_to_say_there_is_no_letter()
    {
        Assert.Null(Digest.For(Campaign, Ada, [Hers(1, sheet => sheet with { Conflict = None, SubmittedAt = At(Wednesday, 9) })], null, At(Wednesday, 10)));
        Assert.Null(Digest.For(Campaign, Ada, [Hers(1, sheet => sheet with { WithdrawnBecause = "…" })], null, At(Wednesday, 10)));
        Assert.NotNull(Digest.For(Campaign, Ada, [Hers(1)], null, At(Wednesday, 10)));
        var one = Campaign with { Review = Campaign.Review with { ReviewersPerDossier = 1 } };
        Assert.Null(Digest.ForOffice(one, [Hers(1)], [], At(Wednesday, 10)));
        Assert.NotNull(Digest.ForOffice(one, [], ["Un message n’a pas pu être traité."], At(Wednesday, 10)));
    }

    /// <summary>What the timer does, told in Core: whatever runs are missed or doubled, a person is told once a period at most, and never of nothing.</summary>
    [Fact]
    public void Each_digest_is_sent_at_most_once_a_period_and_never_empty_whatever_ticks_are_missed_or_doubled() =>
        Gen.Select(Gen.Enum<DigestFrequency>(), Gen.Int[0, 60 * 24 * 30].Array[0, 200]).Sample((frequency, minutes) =>
        {
            Instant? told = null;
            var letters = new List<Letter>();
            foreach (var minute in minutes.Order())
            {
                var now = At(Wednesday, 9) + Duration.FromMinutes(minute);
                if (Digest.Today(Campaign, now) is { } occasion && Digest.IsDue(Campaign, frequency, told, occasion) && Digest.For(Campaign, Ada, [Hers(1)], told, now) is { } letter)
                {
                    Assert.NotEmpty(letter.Dossiers);
                    letters.Add(letter);
                    told = now;
                }
            }

            var periods = letters.Select(letter => frequency is DigestFrequency.Weekly ? letter.Date.PlusDays(-(int)letter.Date.DayOfWeek) : letter.Date).ToList();
            Assert.Equal(periods.Distinct(), periods);
            Assert.All(letters, letter => Assert.InRange(letter.Date.DayOfWeek, IsoDayOfWeek.Monday, IsoDayOfWeek.Friday));
            Assert.True(frequency is not DigestFrequency.Never || letters.Count == 0);
        });

    [Fact]
    public void Each_person_has_a_minute_of_its_own_within_the_window()
    {
        var occasion = At(Wednesday, 7, 30);
        var minutes = Enumerable.Range(0, 500).Select(person => Digest.LeavesAt(Campaign, $"r{person}", occasion)).ToList();
        Assert.All(minutes, minute => Assert.InRange(minute, occasion, occasion + Duration.FromMinutes(Campaign.Digests.WindowMinutes - 1)));
        Assert.InRange(minutes.GroupBy(minute => minute).Max(same => same.Count()), 1, 60);
        Assert.Equal(occasion, Digest.LeavesAt(Campaign with { Digests = Campaign.Digests with { WindowMinutes = 0 } }, "r1", occasion));
    }

    [Fact]
    public void The_office_is_told_of_what_waits_for_it()
    {
        var digest = OfficeDigest.Of(
            Campaign,
            [
                Hers(1) with { Status = DossierStatus.IrrecevablePropose },
                Hers(2) with { Status = DossierStatus.Incomplet, CompleteBefore = Wednesday.PlusDays(-1) },
                Hers(3, sheet => sheet with { DueOn = Wednesday.PlusDays(-1) }),
                Hers(4) with { Status = DossierStatus.Note, Reviews = [] },
            ],
            Wednesday);
        Assert.Equal(([1], [2], [3, 4], [3], []), (Numbers(digest.Proposed), Numbers(digest.Overdue), Numbers(digest.Lacking), Numbers(digest.Late), Numbers(digest.Ready)), (IEqualityComparer<(int[], int[], int[], int[], int[])>)new Same());
    }

    private static int[] Numbers(ImmutableArray<Dossier> dossiers) =>
        [.. dossiers.Select(dossier => Enumerable.Range(1, 20).Single(number => Given.Id(number) == dossier.Id)).Order()];

    private sealed class Same : IEqualityComparer<(int[], int[], int[], int[], int[])>
    {
        public bool Equals((int[], int[], int[], int[], int[]) x, (int[], int[], int[], int[], int[]) y) => Text(x) == Text(y);

        public int GetHashCode((int[], int[], int[], int[], int[]) obj) => Text(obj).GetHashCode(StringComparison.Ordinal);

        private static string Text((int[], int[], int[], int[], int[]) of) =>
            string.Join('|', new[] { of.Item1, of.Item2, of.Item3, of.Item4, of.Item5 }.Select(one => string.Join(',', one)));
    }
}
