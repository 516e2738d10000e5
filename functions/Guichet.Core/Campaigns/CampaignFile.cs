using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Core.Campaigns;

/// <summary>What is wrong in a campaign's file, and where.</summary>
/// <param name="Line">From 1; null where the fault is of the whole.</param>
/// <param name="Column">From 1, in bytes; null where the fault is of the whole.</param>
/// <param name="Message">One sentence in French: what is wrong and what would be right.</param>
public sealed record CampaignFault(long? Line, long? Column, string Message)
{
    /// <summary><c>ligne 12, colonne 5 : …</c></summary>
    public override string ToString() => Line is null ? Message : string.Create(CultureInfo.InvariantCulture, $"ligne {Line}, colonne {Column} : {Message}");
}

/// <summary>A campaign's file: read strictly, because a rule that was mistyped must be refused at load and not ignored at deposit.</summary>
public static partial class CampaignFile
{
    /// <summary>Reads a campaign, or says why it cannot run; exactly one of the two is given.</summary>
    public static (Campaign? Campaign, ImmutableArray<CampaignFault> Faults) Read(ReadOnlySpan<byte> utf8)
    {
        Campaign campaign;
        try
        {
            campaign = JsonSerializer.Deserialize<Campaign>(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[3..] : utf8, GuichetJson.Options)
                ?? throw new JsonException("Le fichier ne contient que « null » : il faut un objet.");
        }
        catch (JsonException fault)
        {
            return (null, [new(fault.LineNumber + 1, fault.BytePositionInLine + 1, $"{fault.Path ?? "$"} : {fault.Message}")]);
        }

        var faults = Faults(campaign).Select(message => new CampaignFault(null, null, message)).ToImmutableArray();
        return faults.IsEmpty ? (campaign, faults) : (null, faults);
    }

    private static IEnumerable<string> Faults(Campaign campaign)
    {
        if (!Name().IsMatch(campaign.Id))
        {
            yield return $"id : « {campaign.Id} » ; il faut 3 à 40 lettres minuscules, chiffres ou tirets.";
        }

        if (!Name().IsMatch(campaign.Version))
        {
            yield return $"version : « {campaign.Version} » ; il faut 3 à 40 lettres minuscules, chiffres ou tirets.";
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(campaign.TimeZone) is null)
        {
            yield return $"timeZone : « {campaign.TimeZone} » n’est pas un fuseau de la base IANA ; par exemple « Europe/Paris ».";
        }

        foreach (var fault in PeriodFaults(campaign).Concat(AmountFaults(campaign.Amounts)).Concat(NumberFaults(campaign))
            .Concat(NameFaults(campaign)).Concat(CriteriaFaults(campaign)).Concat(FieldTypeFaults(campaign)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> PeriodFaults(Campaign campaign)
    {
        if (campaign.Periods.IsEmpty)
        {
            yield return "periods : aucune période de dépôt ; il en faut une au moins.";
        }

        foreach (var period in campaign.Periods.Where(period => period.Closes <= period.Opens))
        {
            yield return $"periods : la période ouverte le {period.Opens.Date.InFrench()} se ferme avant de s’ouvrir.";
        }

        foreach (var (first, second) in campaign.Periods.OrderBy(period => period.Opens).Zip(campaign.Periods.OrderBy(period => period.Opens).Skip(1)))
        {
            if (second.Opens <= first.Closes)
            {
                yield return $"periods : les périodes ouvertes le {first.Opens.Date.InFrench()} et le {second.Opens.Date.InFrench()} se chevauchent.";
            }
        }
    }

    private static IEnumerable<string> AmountFaults(AmountRules amounts)
    {
        if (amounts.Rate is <= 0 or > 1)
        {
            yield return $"amounts.rate : {amounts.Rate.ToString(CultureInfo.InvariantCulture)} ; un taux est supérieur à 0 et au plus égal à 1 (0.5 pour 50 %).";
        }

        if (amounts.MinimumTotal > amounts.MaximumTotal)
        {
            yield return $"amounts : le minimum ({amounts.MinimumTotal}) dépasse le maximum ({amounts.MaximumTotal}).";
        }
    }

    private static IEnumerable<string> NameFaults(Campaign campaign)
    {
        var codes = campaign.Indicators.Select(indicator => indicator.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var type in campaign.Types)
        {
            foreach (var code in type.Indicators.SelectMany(rule => rule.Codes).Where(code => !codes.Contains(code)))
            {
                yield return $"types.{type.Id} : l’indicateur « {code} » n’est pas défini ; les indicateurs définis sont {string.Join(", ", codes.Order(StringComparer.Ordinal))}.";
            }
        }

        foreach (var duplicate in Duplicates(campaign.Types.Select(type => type.Id)).Concat(Duplicates(campaign.FollowUp.Reminders.Select(rule => rule.Id))))
        {
            yield return $"« {duplicate} » est donné deux fois ; chaque identifiant est unique.";
        }

        var named = campaign.Form.Labels.Keys
            .Concat(campaign.Pieces.SelectMany(piece => piece.Fields))
            .Concat(campaign.Commitments)
            .Concat(campaign.Types.SelectMany(type => type.Listing).Select(listing => listing.Commitment));
        foreach (var field in named.Where(id => Fields.Find(id) is null).Distinct(StringComparer.Ordinal))
        {
            yield return $"« {field} » n’est pas un champ de la candidature ; par exemple « budget.total ».";
        }

        foreach (var claimed in campaign.Form.Labels.SelectMany(entry => entry.Value.Select(label => (label, entry.Key))).GroupBy(pair => pair.label, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            yield return $"form.labels : « {claimed.Key} » désigne à la fois {string.Join(" et ", claimed.Select(pair => pair.Key))} ; un libellé ne désigne qu’un champ.";
        }
    }

    private static IEnumerable<string> NumberFaults(Campaign campaign)
    {
        (string Name, int Value, int Least, int Most)[] numbers =
        [
            ("followUp.milestoneMonths", campaign.FollowUp.MilestoneMonths, 1, 60),
            ("followUp.finalReportMonths", campaign.FollowUp.FinalReportMonths, 0, 60),
            ("delays.completionDays", campaign.Delays.CompletionDays, 1, 365),
            ("delays.quietHours", campaign.Delays.QuietHours, 1, 24 * 365),
            ("delays.slotHours", campaign.Delays.SlotHours, 1, 24 * 6),
            ("files.mostFiles", campaign.Files.MostFiles, 1, 80),
        ];
        foreach (var (name, value, least, most) in numbers.Where(number => number.Value < number.Least || number.Value > number.Most))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name} : {value} ; il faut un nombre de {least} à {most}.");
        }

        foreach (var address in campaign.Reviewers.Select(reviewer => reviewer.Email).Append(campaign.Office.Email).Where(address => !Address().IsMatch(address)))
        {
            yield return $"« {address} » n’est pas une adresse de courriel.";
        }
    }

    private static IEnumerable<string> FieldTypeFaults(Campaign campaign)
    {
        var commitments = campaign.Commitments.Concat(campaign.Types.SelectMany(type => type.Listing).Select(listing => listing.Commitment));
        IEnumerable<(string Id, Type Type, string What)> wanted =
        [
            .. commitments.Select(id => (id, typeof(bool), "un engagement (oui ou non)")),
            .. campaign.Criteria.SelectMany(criterion => criterion.Subcriteria).SelectMany(sub => sub.Evidence switch
            {
                TextSays text => [(text.Field, typeof(string), "un texte")],
                MonthsUntil months => [(months.From, typeof(LocalDate), "une date"), (months.To, typeof(LocalDate), "une date")],
                _ => Array.Empty<(string, Type, string)>(),
            }),
        ];
        foreach (var (id, type, what) in wanted.Where(pair => Fields.Find(pair.Id) is { } field && field.ValueType != pair.Type))
        {
            yield return $"« {id} » n’est pas {what}.";
        }

        foreach (var bounds in campaign.Criteria.SelectMany(criterion => criterion.Subcriteria).Select(sub => sub.Evidence).OfType<MonthsUntil>().Select(months => months.AtMost))
        {
            if (bounds.Length is 0 or > SubcriterionScore.Highest || !bounds.SequenceEqual(bounds.Order().Distinct()))
            {
                yield return $"atMost : « {string.Join(", ", bounds)} » ; il faut une à quatre durées en mois, croissantes.";
            }
        }
    }

    private static IEnumerable<string> CriteriaFaults(Campaign campaign)
    {
        if (campaign.Criteria.IsEmpty)
        {
            yield return "criteria : aucun critère ; il en faut un au moins.";
        }

        foreach (var criterion in campaign.Criteria)
        {
            if (criterion.Weight <= 0 || criterion.Subcriteria.IsEmpty || criterion.Subcriteria.Any(sub => sub.Weight <= 0))
            {
                yield return $"criteria.{criterion.Id} : un critère et chacun de ses sous-critères ont un poids supérieur à 0.";
            }

            foreach (var field in criterion.Subcriteria.SelectMany(sub => sub.Evidence.Fields).Where(id => Fields.Find(id) is null))
            {
                yield return $"criteria.{criterion.Id} : « {field} » n’est pas un champ de la candidature.";
            }
        }
    }

    private static IEnumerable<string> Duplicates(IEnumerable<string> ids) =>
        ids.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex Address();

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$")]
    private static partial Regex Name();
}
