using System.Collections.Immutable;

namespace Guichet.Core.Deposit;

/// <summary>The categories of expense that a budget is told in.</summary>
public static class BudgetCategories
{
    private static readonly ImmutableArray<(string Id, string Label)> Known =
    [
        ("rh-interne", "ressources humaines internes"),
        ("prestation", "prestations"),
        ("logiciel-licence", "logiciels et licences"),
        ("infrastructure", "infrastructure"),
        ("formation", "formation"),
        ("communication", "communication"),
        ("autre", "autres dépenses"),
    ];

    /// <summary>Their ids, in the order in which a form presents them.</summary>
    public static readonly ImmutableArray<string> Ids = [.. Known.Select(one => one.Id)];

    /// <summary>What people call a category; the id itself where the guichet knows none of that id.</summary>
    public static string InFrench(string id) => Known.FirstOrDefault(one => one.Id == id).Label ?? id;
}
