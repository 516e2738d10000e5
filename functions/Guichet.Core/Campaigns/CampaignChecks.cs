using System.Globalization;
using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using NodaTime;

namespace Guichet.Core.Campaigns;

/// <summary>What the types of a campaign cannot say: bounds that cross, names that name nothing, weights that do not add up.</summary>
internal static partial class CampaignChecks
{
    /// <summary>Each fault with the path of the value at fault, and one sentence in French that says what would be right.</summary>
    public static IEnumerable<(string Path, string Message)> Of(Campaign campaign) =>
        IdentityFaults(campaign).Concat(PeriodFaults(campaign)).Concat(AmountFaults(campaign.Amounts, campaign.FollowUp)).Concat(NumberFaults(campaign))
            .Concat(ApplicantFaults(campaign.Applicants)).Concat(NameFaults(campaign)).Concat(LabelFaults(campaign.Form)).Concat(PeopleFaults(campaign)).Concat(CriteriaChecks.Of(campaign));

    /// <summary>Paths of the items of a list.</summary>
    internal static IEnumerable<(string Path, T Item)> At<T>(string path, IEnumerable<T> items) =>
        items.Select((item, index) => (string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), item));

    /// <summary>Items whose key has been given before.</summary>
    internal static IEnumerable<(string Path, string Message)> Duplicates<T>(string path, IEnumerable<T> items, string member, Func<T, string> key) =>
        At(path, items).GroupBy(one => key(one.Item), StringComparer.Ordinal).SelectMany(same => same.Skip(1))
            .Select(one => ($"{one.Path}.{member}", $"« {key(one.Item)} » est donné deux fois ; chaque identifiant est unique."));

    private static IEnumerable<(string Path, string Message)> IdentityFaults(Campaign campaign)
    {
        foreach (var (path, name) in new[] { ("id", campaign.Id), ("version", campaign.Version) }.Where(one => !Name().IsMatch(one.Item2)))
        {
            yield return (path, $"« {name} » ; il faut 3 à 40 lettres minuscules, chiffres ou tirets.");
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(campaign.TimeZone) is null)
        {
            yield return ("timeZone", $"« {campaign.TimeZone} » n’est pas un fuseau de la base IANA ; par exemple « Europe/Paris ».");
        }
    }

    private static IEnumerable<(string Path, string Message)> PeriodFaults(Campaign campaign)
    {
        if (campaign.Periods.IsEmpty)
        {
            yield return ("periods", "aucune période de dépôt ; il en faut une au moins.");
        }

        var periods = At("periods", campaign.Periods).OrderBy(one => one.Item.Opens).ToList();
        foreach (var (path, period) in periods.Where(one => one.Item.Closes <= one.Item.Opens))
        {
            yield return (path, $"la période ouverte le {period.Opens.Date.InFrench()} se ferme avant de s’ouvrir.");
        }

        foreach (var (first, second) in periods.Zip(periods.Skip(1)).Where(pair => pair.Second.Item.Opens <= pair.First.Item.Closes))
        {
            yield return (second.Path, $"les périodes ouvertes le {first.Item.Opens.Date.InFrench()} et le {second.Item.Opens.Date.InFrench()} se chevauchent.");
        }
    }

    private static IEnumerable<(string Path, string Message)> AmountFaults(AmountRules amounts, FollowUpRules followUp)
    {
        if (amounts.Rate is <= 0 or > 1)
        {
            yield return ("amounts.rate", $"{amounts.Rate.ToString(CultureInfo.InvariantCulture)} ; un taux est supérieur à 0 et au plus égal à 1 (0.5 pour 50 %).");
        }

        if (followUp.Tolerance is < 0 or > 1)
        {
            yield return ("followUp.tolerance", $"{followUp.Tolerance.ToString(CultureInfo.InvariantCulture)} ; il faut une part du chemin, de 0 à 1 (0.1 pour 10 %).");
        }

        if (followUp.ImplausibleJump <= 0)
        {
            yield return ("followUp.implausibleJump", $"{followUp.ImplausibleJump.ToString(CultureInfo.InvariantCulture)} ; il faut un nombre supérieur à 0.");
        }

        foreach (var (path, category) in At("amounts.excludedCategories", amounts.ExcludedCategories).Where(one => !BudgetCategories.Ids.Contains(one.Item)))
        {
            yield return (path, $"« {category} » n’est pas une catégorie de dépense ; elles sont {string.Join(", ", BudgetCategories.Ids)}.");
        }

        if (amounts.MinimumTotal > amounts.MaximumTotal)
        {
            yield return ("amounts.minimumTotal", $"le minimum ({amounts.MinimumTotal}) dépasse le maximum ({amounts.MaximumTotal}).");
        }
    }

    private static IEnumerable<(string Path, string Message)> NameFaults(Campaign campaign)
    {
        var codes = campaign.Indicators.Select(indicator => indicator.Code).ToHashSet(StringComparer.Ordinal);
        var types = At("types", campaign.Types).ToList();
        var listings = types.SelectMany(type => At($"{type.Path}.listing", type.Item.Listing)).ToList();
        var codesNamed = types.SelectMany(type => At($"{type.Path}.indicators", type.Item.Indicators)).SelectMany(rule => At($"{rule.Path}.codes", rule.Item.Codes))
            .Concat(listings.Select(listing => ($"{listing.Path}.indicator", listing.Item.Indicator)));
        foreach (var (path, code) in codesNamed.Where(one => !codes.Contains(one.Item2)))
        {
            yield return (path, $"l’indicateur « {code} » n’est pas défini ; les indicateurs définis sont {string.Join(", ", codes.Order(StringComparer.Ordinal))}.");
        }

        var duplicates = Duplicates("types", campaign.Types, "id", type => type.Id)
            .Concat(Duplicates("indicators", campaign.Indicators, "code", indicator => indicator.Code))
            .Concat(Duplicates("pieces", campaign.Pieces, "id", piece => piece.Id))
            .Concat(Duplicates("followUp.reminders", campaign.FollowUp.Reminders, "id", rule => rule.Id));
        var fields = At("pieces", campaign.Pieces).SelectMany(piece => At($"{piece.Path}.fields", piece.Item.Fields)).SelectMany(one => FieldFaults(one.Path, one.Item));
        var commitments = At("commitments", campaign.Commitments)
            .Concat(listings.Select(listing => ($"{listing.Path}.commitment", listing.Item.Commitment)))
            .SelectMany(one => FieldFaults(one.Item1, one.Item2, typeof(bool)));
        foreach (var fault in duplicates.Concat(fields).Concat(commitments))
        {
            yield return fault;
        }
    }

    /// <summary>Whether an id names a field, and one of a type where that matters.</summary>
    internal static IEnumerable<(string Path, string Message)> FieldFaults(string path, string id, Type? wanted = null)
    {
        if (Fields.Find(id) is not { } field)
        {
            yield return (path, $"« {id} » n’est pas un champ de la candidature ; par exemple « budget.total ».");
        }
        else if (wanted is not null && field.ValueType != wanted)
        {
            var what = wanted == typeof(bool) ? "un engagement (oui ou non)" : wanted == typeof(LocalDate) ? "une date" : "un texte";
            yield return (path, $"« {id} » n’est pas {what}.");
        }
    }

    private static IEnumerable<(string Path, string Message)> ApplicantFaults(ApplicantRules applicants) =>
        At("applicants.operators", applicants.Operators).Concat(At("applicants.excluded", applicants.Excluded)).Concat(At("applicants.closed", applicants.Closed))
            .Where(one => !Siret.IsSiren(one.Item))
            .Select(one => (one.Path, $"« {one.Item} » n’est pas un SIREN ; il faut neuf chiffres, dont le dernier est une clé."));

    private static IEnumerable<(string Path, string Message)> LabelFaults(FormWords form) =>
        form.Labels.Keys.SelectMany(id => FieldFaults($"form.labels.{id}", id)).Concat(form.Labels
            .SelectMany(entry => entry.Value.Select(label => (Label: label, Field: entry.Key)))
            .GroupBy(pair => pair.Label, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Select(pair => pair.Field).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(same => ("form.labels", $"« {same.Key} » désigne à la fois {string.Join(" et ", same.Select(pair => pair.Field))} ; un libellé ne désigne qu’un champ.")));

    private static IEnumerable<(string Path, string Message)> NumberFaults(Campaign campaign)
    {
        (string Path, int Value, int Least, int Most)[] numbers =
        [
            ("followUp.milestoneMonths", campaign.FollowUp.MilestoneMonths, 1, 60),
            ("followUp.finalReportMonths", campaign.FollowUp.FinalReportMonths, 0, 60),
            ("delays.completionDays", campaign.Delays.CompletionDays, 1, 365),
            ("delays.quietHours", campaign.Delays.QuietHours, 1, 24 * 365),
            ("delays.slotHours", campaign.Delays.SlotHours, 1, 24 * 6),
            ("files.mostFiles", campaign.Files.MostFiles, 1, 80),
            ("review.reviewersPerDossier", campaign.Review.ReviewersPerDossier, 1, 9),
            ("review.days", campaign.Review.Days, 1, 365),
            ("retention.personalDataMonths", campaign.Retention.PersonalDataMonths, 1, 600),
            ("digests.windowMinutes", campaign.Digests.WindowMinutes, 0, 24 * 60),
        ];
        return numbers.Where(number => number.Value < number.Least || number.Value > number.Most)
            .Select(number => (number.Path, string.Create(CultureInfo.InvariantCulture, $"{number.Value} ; il faut un nombre de {number.Least} à {number.Most}.")));
    }

    private static IEnumerable<(string Path, string Message)> PeopleFaults(Campaign campaign)
    {
        var types = campaign.Types.Select(type => type.Id).ToHashSet(StringComparer.Ordinal);
        var reviewers = At("reviewers", campaign.Reviewers).ToList();
        return reviewers.Select(one => ($"{one.Path}.email", one.Item.Email)).Append(("office.email", campaign.Office.Email))
            .Where(one => !Address().IsMatch(one.Item2)).Select(one => (one.Item1, $"« {one.Item2} » n’est pas une adresse de courriel."))
            .Concat(Duplicates("reviewers", campaign.Reviewers, "id", reviewer => reviewer.Id))
            .Concat(Duplicates("reviewers", campaign.Reviewers, "email", reviewer => reviewer.Email))
            .Concat(Duplicates("committee.members", campaign.Committee.Members, "id", member => member.Id))
            .Concat(reviewers.Where(one => !Name().IsMatch(one.Item.Id)).Select(one => ($"{one.Path}.id", $"« {one.Item.Id} » ; il faut 3 à 40 lettres minuscules, chiffres ou tirets.")))
            .Concat(reviewers.SelectMany(one => At($"{one.Path}.specialities", one.Item.Specialities)).Where(one => !types.Contains(one.Item))
                .Select(one => (one.Path, $"« {one.Item} » n’est pas un type de projet de ce guichet.")));
    }

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex Address();

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$")]
    private static partial Regex Name();
}
