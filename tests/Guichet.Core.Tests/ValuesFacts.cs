using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Guichet.Core.Deposit;
using Guichet.Core.FollowUp;

namespace Guichet.Core.Tests;

public sealed class SiretFacts
{
    [Theory]
    [InlineData("35600000000048")]
    [InlineData("35600000018723")]
    [InlineData("35600000049837")]
    [InlineData("41816609600051")]
    [InlineData("13002526500013")]
    [InlineData(" 130 025 265 00013 ")]
    public void Takes_a_valid_number(string text) => Assert.True(Siret.TryParse(text, out _));

    [Theory]
    [InlineData("41816609600052")]
    [InlineData("1300252650001")]
    [InlineData("1300252650001A")]
    [InlineData("")]
    public void Refuses_a_number_with_a_wrong_key_or_length(string text) => Assert.False(Siret.TryParse(text, out _));

    [Fact]
    public void One_wrong_digit_is_always_seen() =>
        Gen.Select(Gen.Int[0, 13], Gen.Int[1, 9]).Sample((place, shift) =>
        {
            var digits = Given.Dinum.ToCharArray();
            digits[place] = (char)('0' + ((digits[place] - '0' + shift) % 10));
            return !Siret.TryParse(new string(digits), out _);
        });
}

public sealed class FoldedTextFacts
{
    /// <summary>What folding means, said the slow way.</summary>
    private static string Plainly(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)).ToLowerInvariant();

    [Fact]
    public void Folding_is_decomposition_without_marks_whatever_the_script() => Gen.OneOf(
        Gen.Char['\u0001', '\u024F'].Array[0, 30],
        Gen.Char["ée\u0301\u202F’…—€œŒİßǅ가Ω"].Array[0, 12]).Sample(chars =>
    {
        var text = new string(chars);
        return FoldedText.Of(text) == Plainly(text);
    }, iter: 5_000);

    [Fact]
    public void Case_and_accents_do_not_matter() => Assert.Equal("l’œuvre « ete » a noel", FoldedText.Of("L’Œuvre « Été » à Noël"));
}

public sealed class EurosFacts
{
    [Fact]
    public void Refuses_a_fraction_of_a_cent() => Assert.Null(Euros.TryFrom(0.001m));

    [Fact]
    public void A_share_is_rounded_down_to_the_cent() => Assert.Equal(Euros.From(0.33m), Euros.From(0.67m).Share(0.5m));

    [Fact]
    public void Is_written_as_French_readers_do() => Assert.Equal("1\u202F234\u202F567,89\u00A0€", Euros.From(1_234_567.89m).ToString());

    [Fact]
    public void Is_a_number_with_two_decimals_in_json() => Assert.Equal("450000.00", JsonSerializer.Serialize(Euros.From(450_000), GuichetJson.Options));

    [Fact]
    public void A_share_never_exceeds_its_part() =>
        Gen.Select(Gen.Long[0, 1_000_000_00], Gen.Decimal[0m, 1m]).Sample((cents, rate) => new Euros(cents).Share(rate).Cents <= cents * rate);
}

public sealed class DossierIdFacts
{
    [Fact]
    public void Is_read_as_people_type_it()
    {
        var id = Given.Id(123_456_789);
        var typed = $" {id.ToString()[..4].ToUpperInvariant()}-{id.ToString()[4..8]} {id.ToString()[8..]}";
        Assert.True(DossierId.TryParse(typed, out var read));
        Assert.Equal(id, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/pas")]
    [InlineData("0123456789il")]
    public void Refuses_what_is_none(string text) => Assert.False(DossierId.TryParse(text, out _));

    [Fact]
    public void Survives_json() => Gen.ULong.Sample(bits =>
    {
        var id = DossierId.FromRandom(BitConverter.GetBytes(bits));
        return JsonSerializer.Deserialize<DossierId>(JsonSerializer.Serialize(id, GuichetJson.Options), GuichetJson.Options) == id;
    });
}

public sealed class GuichetJsonFacts
{
    [Fact]
    public void A_value_that_may_be_absent_survives_being_left_out()
    {
        var own = Given.Indicator(null);
        var json = JsonSerializer.Serialize(own, GuichetJson.Options);
        Assert.DoesNotContain("code", json, StringComparison.Ordinal);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Indicator>(json, GuichetJson.Options), GuichetJson.Options));
    }

    [Fact]
    public void A_value_that_is_needed_is_asked_for() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FundedApplicant>("""{"siret":"13002526500013"}""", GuichetJson.Options));

    [Fact]
    public void A_member_that_is_unknown_is_refused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Person>("""{"name":"a","email":"b","mail":"c"}""", GuichetJson.Options));

    [Fact]
    public void An_extract_survives_a_round_trip()
    {
        var json = JsonSerializer.Serialize(Given.Application.Extract, GuichetJson.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<PieceExtract>(json, GuichetJson.Options), GuichetJson.Options));
    }
}
