using System.Collections.Immutable;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using NodaTime;

namespace Guichet.Pages;

/// <summary>A value of the application as a reviewer reads it: whole, a line an element of a list.</summary>
internal static class FieldText
{
    public static IReadOnlyList<string> Lines(FieldValue value, Campaign campaign) => value.Value switch
    {
        bool yes => [yes ? "oui" : "non"],
        decimal number => [French.Number(number)],
        LocalDate date => [date.InFrench()],
        ImmutableArray<string> texts => [.. texts.Select(text => value.Field.Id == Fields.ProjectTypes.Id ? campaign.Types.FirstOrDefault(type => type.Id == text)?.Label ?? text : text)],
        ImmutableArray<ProjectMilestone> milestones => [.. milestones.Select(one => Joined(one.Date?.InFrench(), one.Label))],
        ImmutableArray<BudgetLine> lines => [.. lines.Select(one => Joined(one.Label, one.Category is { } category ? BudgetCategories.InFrench(category) : null, one.Period, one.Amount.ToString()))],
        ImmutableArray<OtherFinancing> financings => [.. financings.Select(one => Joined(one.From, one.Amount.ToString()))],
        ImmutableArray<Indicator> indicators => [.. indicators.Select(Written)],
        ImmutableArray<DataSource> sources => [.. sources.Select(one => Joined(
            one.Name, one.Holder, Answer("données personnelles", one.Personal), Answer("sensibles", one.Sensitive), Answer("disponibles", one.Available), one.Quality))],
        ImmutableArray<TeamMember> team => [.. team.Select(one => Joined(one.Role, one.Fte is { } fte ? $"{French.Number(fte)} ETP" : null))],
        ImmutableArray<Risk> risks => [.. risks.Select(one => Joined(one.Description, one.Severity is { } severity ? $"gravité {severity}" : null, one.Answer))],
        var other => [other.ToString() ?? ""],
    };

    private static string Written(Indicator one) => Joined(
        one.Code is { } code ? $"{code}, {one.Name}" : one.Name,
        one.Definition,
        Bound("départ", one.Baseline, one.Unit, one.BaselineDate),
        Bound("cible", one.Target, one.Unit, one.TargetDate),
        one.Intermediate.IsEmpty ? null : $"étapes : {string.Join(", ", one.Intermediate.Select(step => $"{French.Number(step.Value)} au {step.Date.InFrench()}"))}",
        one.Source is { } source ? $"source : {source}" : null,
        one.Method is { } method ? $"méthode : {method}" : null,
        one.Frequency,
        one.Owner is { } owner ? $"mesuré par {owner}" : null);

    private static string? Bound(string name, decimal? value, string? unit, LocalDate? date) =>
        value is { } number ? $"{name} {French.Number(number)} {unit}".TrimEnd() + (date is { } day ? $" au {day.InFrench()}" : "") : null;

    private static string? Answer(string what, bool? answer) => answer is { } known ? $"{what} : {(known ? "oui" : "non")}" : null;

    private static string Joined(params ReadOnlySpan<string?> parts) => string.Join(" ; ", parts.ToArray().Where(part => !string.IsNullOrWhiteSpace(part)));
}
