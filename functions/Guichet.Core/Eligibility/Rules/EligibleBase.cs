using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>What the programme's rate applies to: the total cost less the categories that the campaign excludes.</summary>
internal static class EligibleBase
{
    /// <summary>Null where the dossier does not allow to tell.</summary>
    public static Euros? Of(Subject subject) => Of(subject.Campaign, subject.Application);

    /// <summary>The same of an application by a campaign's rules.</summary>
    public static Euros? Of(Campaign campaign, GrantApplication application)
    {
        var excluded = campaign.Amounts.ExcludedCategories;
        if (application.Find(Fields.BudgetTotal) is not { Value: var total })
        {
            return null;
        }

        if (excluded.IsEmpty)
        {
            return total;
        }

        // A line of no known category may be excluded or not: better not to tell than to tell wrong.
        return application.Find(Fields.BudgetLines) is { Value: var lines } && lines.All(line => line.Category is not null)
            ? total - lines.Where(line => line.Category is { } category && excluded.Contains(category)).Select(line => line.Amount).Sum()
            : null;
    }
}
