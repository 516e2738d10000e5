using System.Collections;

namespace Guichet.Mail;

/// <summary>The names that a template may use and what stands under each, told from a full sample of the model.</summary>
internal sealed class LetterShape
{
    /// <summary>What may hold anything: what a template has computed itself.</summary>
    public static readonly LetterShape Anything = new(null, null);

    private readonly Dictionary<string, LetterShape>? _members;
    private readonly LetterShape? _item;
    private readonly bool _isKnown;

    private LetterShape(Dictionary<string, LetterShape>? members, LetterShape? item, bool isKnown = false) => (_members, _item, _isKnown) = (members, item, isKnown);

    public bool IsAnything => !_isKnown;

    /// <summary>What an element is, where this is a list.</summary>
    public LetterShape? Item => _item;

    /// <summary>The names under this one, in order.</summary>
    public IReadOnlyList<string> Names => _item is not null ? ["size", "first", "last"] : _members is null ? [] : [.. _members.Keys.Order(StringComparer.Ordinal)];

    public static LetterShape Of(object? sample) => sample switch
    {
        IReadOnlyDictionary<string, object?> named => new(named.ToDictionary(pair => pair.Key, pair => Of(pair.Value), StringComparer.Ordinal), null, isKnown: true),
        string or null => new(null, null, isKnown: true),
        IEnumerable list => new(null, Of(list.Cast<object?>().FirstOrDefault()), isKnown: true),
        _ => new(null, null, isKnown: true),
    };

    /// <summary>What stands under a name, or null where nothing does.</summary>
    public LetterShape? Member(string name) => this switch
    {
        { IsAnything: true } => Anything,
        { _item: not null } => name switch { "size" => Of(null), "first" or "last" => _item, _ => null },
        _ => _members?.GetValueOrDefault(name) ?? (_members is null && name is "size" ? Of(null) : null),
    };
}
