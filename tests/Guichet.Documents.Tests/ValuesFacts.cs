using System.Globalization;
using CsCheck;
using Guichet.Core;
using Guichet.Documents.Values;
using NodaTime;

namespace Guichet.Documents.Tests;

public static class ValuesFacts
{
    public sealed class Amounts
    {
        [Theory]
        [InlineData("1 234 567,89 €", 1234567.89)]
        [InlineData("1\u00A0234\u00A0567,89\u00A0€", 1234567.89)]
        [InlineData("1\u202F234\u202F567,89\u202F€", 1234567.89)]
        [InlineData("1.234.567,89", 1234567.89)]
        [InlineData("1234567.89", 1234567.89)]
        [InlineData("350 k€", 350000)]
        [InlineData("350k€", 350000)]
        [InlineData("350 K€ TTC", 350000)]
        [InlineData("1,2 M€ TTC", 1200000)]
        [InlineData("890 k€ TTC, dont 400 k€ demandés au titre de l’appel à projets et 150 k€ de l’Union européenne", 890000)]
        [InlineData("Coût total : 384 000 € (dont 118 000 € de personnel)", 384000)]
        [InlineData("1,234 M€", 1234000)]
        [InlineData("1,2 million d’euros", 1200000)]
        [InlineData("350 milliers d'euros", 350000)]
        [InlineData("350.000 €", 350000)]
        [InlineData("350000", 350000)]
        [InlineData("450 000 euros TTC", 450000)]
        [InlineData("450 000 € TTC (375 000 € HT)", 450000)]
        [InlineData("375 000 € HT, soit 450 000 € TTC", 450000)]
        [InlineData("175 000 € (50 %)", 175000)]
        [InlineData("50 % soit 175 000 €", 175000)]
        [InlineData("€ 12 500", 12500)]
        [InlineData("1,234,567.89 €", 1234567.89)]
        [InlineData("0 €", 0)]
        [InlineData("12 500,5 €", 12500.5)]
        [InlineData("300 000 + 150 000 = 450 000 €", 450000)]
        public void Are_read_as_written(string text, double expected) =>
            Assert.Equal(Euros.From((decimal)expected), FrenchAmount.Parse(text).Value);

        [Theory]
        [InlineData("environ 350 k€")]
        [InlineData("entre 300 et 400 k€")]
        [InlineData("300 à 400 k€")]
        [InlineData("300-400 k€")]
        [InlineData("3 x 100 000 €")]
        [InlineData("100 000 € + 50 000 €")]
        [InlineData("450 000 € HT")]
        [InlineData("120 000 € par an")]
        [InlineData("120 000 €/an")]
        [InlineData("350 000 $")]
        [InlineData("1,234")]
        [InlineData("12 34 €")]
        [InlineData("200 000 € en 2024 et 250 000 € en 2025")]
        [InlineData("trois cent mille euros")]
        [InlineData("50 %")]
        [InlineData("voir annexe 2")]
        [InlineData("> 100 k€")]
        [InlineData("2024-2025")]
        [InlineData("100 000,123 €")]
        [InlineData("à définir")]
        public void That_can_be_read_two_ways_are_not_read(string text) => Assert.Null(FrenchAmount.Parse(text).Value);

        [Fact]
        public void Under_a_heading_in_thousands_are_thousands()
        {
            Assert.Equal(1_000m, FrenchAmount.UnitOf("Montant (k€)"));
            Assert.Equal(Euros.From(350_000), FrenchAmount.Parse("350", 1_000).Value);
        }

        [Fact]
        public void Written_in_any_French_style_come_back_the_same() =>
            Gen.Select(Gen.Long[0, 999_999_999_99], Gen.OneOf(" ", "\u00A0", "\u202F", "."), Gen.OneOf(" €", "€", " euros", " € TTC", "")).Sample((cents, group, unit) =>
            {
                var format = new NumberFormatInfo { NumberGroupSeparator = group, NumberDecimalSeparator = "," };
                var written = (cents / 100m).ToString("N2", format) + unit;
                return FrenchAmount.Parse(written).Value == new Euros(cents);
            });

        [Fact]
        public void Never_throw_whatever_the_text() => Gen.String.Sample(text => _ = FrenchAmount.Parse(text));
    }

    public sealed class Dates
    {
        [Theory]
        [InlineData("03/02/2025", "2025-02-03")]
        [InlineData("3.2.2025", "2025-02-03")]
        [InlineData("03-02-25", "2025-02-03")]
        [InlineData("3 février 2025", "2025-02-03")]
        [InlineData("lundi 3 FÉVRIER 2025", "2025-02-03")]
        [InlineData("1er mars 2024", "2024-03-01")]
        [InlineData("févr. 2025", "2025-02-01")]
        [InlineData("sept. 2024", "2024-09-01")]
        [InlineData("août 2025", "2025-08-01")]
        [InlineData("T2 2025", "2025-04-01")]
        [InlineData("2e trimestre 2025", "2025-04-01")]
        [InlineData("S2 2025", "2025-07-01")]
        [InlineData("premier semestre 2025", "2025-01-01")]
        [InlineData("2025-02-03", "2025-02-03")]
        [InlineData("2024-11-26T09:31:35+01:00", "2024-11-26")]
        [InlineData("02/2025", "2025-02-01")]
        [InlineData("29/02/2024", "2024-02-29")]
        [InlineData("15/03/20 24", "2024-03-15")]
        [InlineData("15.0\n3.2024", "2024-03-15")]
        public void Are_read_as_written(string text, string expected) =>
            Assert.Equal(expected, FrenchDate.Parse(text).Value?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));

        [Theory]
        [InlineData("31/02/2025")]
        [InlineData("02/25/2025")]
        [InlineData("29/02/2025")]
        [InlineData("le 15/03/20 24")]
        [InlineData("fin 2025")]
        [InlineData("2025")]
        [InlineData("6 mois après la signature")]
        [InlineData("du 01/03/2024 au 31/08/2025")]
        [InlineData("13002526500013")]
        [InlineData("01 99 00 12 34")]
        public void That_do_not_exist_or_are_vague_are_not_read(string text) => Assert.Null(FrenchDate.Parse(text).Value);

        [Fact]
        public void Of_a_period_are_two() =>
            Assert.Equal((new LocalDate(2024, 3, 1), new LocalDate(2025, 8, 31)), FrenchDate.ParsePeriod("du 1er mars 2024 au 31/08/2025"));

        [Fact]
        public void Written_in_any_French_style_come_back_the_same()
        {
            var french = CultureInfo.GetCultureInfo("fr-FR");
            Gen.Select(Gen.Int[0, 20_000], Gen.OneOf("dd/MM/yyyy", "d/M/yyyy", "d MMMM yyyy", "dd.MM.yyyy", "yyyy-MM-dd", "dddd d MMMM yyyy")).Sample((days, format) =>
            {
                var date = new DateOnly(2000, 1, 1).AddDays(days);
                return FrenchDate.Parse(date.ToString(format, french)).Value == LocalDate.FromDateOnly(date);
            });
        }
    }

    public sealed class Numbers
    {
        [Theory]
        [InlineData("12 000 usagers", 12000)]
        [InlineData("≥ 80 %", 80)]
        [InlineData("45 % (2023)", 45)]
        [InlineData("1 200 (janvier 2024)", 1200)]
        [InlineData("0", 0)]
        [InlineData("1,5 jour", 1.5)]
        [InlineData("1,2 million", 1200000)]
        public void Are_read_with_their_unit_beside(string text, double expected) => Assert.Equal((decimal)expected, FrenchNumber.Parse(text).Value);

        [Theory]
        [InlineData("réduction de 30 %")]
        [InlineData("entre 10 et 20")]
        [InlineData("x 2")]
        [InlineData("non mesuré")]
        [InlineData("10 sur 20")]
        public void That_are_no_value_are_not_read(string text) => Assert.Null(FrenchNumber.Parse(text).Value);

        [Theory]
        [InlineData("18 mois", 18)]
        [InlineData("18", 18)]
        [InlineData("2 ans", 24)]
        [InlineData("1 an et 6 mois", 18)]
        [InlineData("un an et demi", 18)]
        [InlineData("dix-huit mois", 18)]
        [InlineData("24 mois (2 ans)", 24)]
        public void Of_months_are_read(string text, double expected) => Assert.Equal((decimal)expected, FrenchNumber.ParseMonths(text).Value);

        [Theory]
        [InlineData("6 à 12 mois")]
        [InlineData("24 semaines")]
        [InlineData("environ 18 mois")]
        public void Of_months_that_are_vague_are_not_read(string text) => Assert.Null(FrenchNumber.ParseMonths(text).Value);
    }

    public sealed class YesOrNo
    {
        [Theory]
        [InlineData("Oui", true)]
        [InlineData("non, car le code est déjà ouvert", false)]
        [InlineData("☒ Oui ☐ Non", true)]
        [InlineData("☐ oui   ☑ non", false)]
        [InlineData("[x] Oui [ ] Non", true)]
        [InlineData("x", true)]
        [InlineData("☐", false)]
        [InlineData("Oui – licence EUPL", true)]
        public void Is_understood(string text, bool expected) => Assert.Equal(expected, FrenchAnswer.ParseBoolean(text).Value);

        [Theory]
        [InlineData("☐ Oui ☐ Non")]
        [InlineData("☒ Oui ☒ Non")]
        [InlineData("Oui/Non")]
        [InlineData("En partie")]
        [InlineData("Oui, en partie")]
        [InlineData("à voir")]
        public void That_is_neither_is_not_understood(string text) => Assert.Null(FrenchAnswer.ParseBoolean(text).Value);
    }
}
