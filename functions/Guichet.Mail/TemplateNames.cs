using Fluid;
using Fluid.Ast;

namespace Guichet.Mail;

/// <summary>
/// What a template names that does not exist: values, filters, other templates. Every branch is looked at, also those that no sample would
/// take, because a letter that fails is found out on the day that it is owed.
/// </summary>
internal sealed class TemplateNames : AstVisitor
{
    private readonly LetterShape _model;
    private readonly Dictionary<string, LetterShape> _own = new(StringComparer.Ordinal);
    private readonly List<(string Text, string Message)> _unknown = [];

    private TemplateNames(LetterShape model) => _model = model;

    /// <summary>What is unknown: the text to look for in the source, and a sentence.</summary>
    public static IReadOnlyList<(string Text, string Message)> Unknown(IFluidTemplate template, LetterShape model)
    {
        var names = new TemplateNames(model);
        names.VisitTemplate(template);
        return names._unknown;
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        Resolve(memberExpression, report: true);
        return base.VisitMemberExpression(memberExpression);
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        if (!LetterTemplate.Filters.Contains(filterExpression.Name))
        {
            _unknown.Add((filterExpression.Name, $"« {filterExpression.Name} » n’est pas un filtre d’une lettre ; les filtres sont {string.Join(", ", LetterTemplate.Filters)}."));
        }

        return base.VisitFilterExpression(filterExpression);
    }

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        var item = forStatement.Source is MemberExpression source ? Resolve(source, report: false)?.Item ?? LetterShape.Anything : LetterShape.Anything;
        return Within([(forStatement.Identifier, item), ("forloop", LetterShape.Anything)], () => base.VisitForStatement(forStatement));
    }

    protected override Statement VisitAssignStatement(AssignStatement assignStatement)
    {
        _own[assignStatement.Identifier] = assignStatement.Value is MemberExpression value ? Resolve(value, report: false) ?? LetterShape.Anything : LetterShape.Anything;
        return base.VisitAssignStatement(assignStatement);
    }

    protected override Statement VisitCaptureStatement(CaptureStatement captureStatement)
    {
        _own[captureStatement.Identifier] = LetterShape.Anything;
        return base.VisitCaptureStatement(captureStatement);
    }

    protected override Statement VisitIncludeStatement(IncludeStatement includeStatement) => Alone("include", includeStatement);

    protected override Statement VisitRenderStatement(RenderStatement renderStatement) => Alone("render", renderStatement);

    private Statement Alone(string tag, Statement statement)
    {
        _unknown.Add((tag, $"« {{% {tag} %}} » : une lettre n’en inclut pas d’autre ; écrivez le texte dans la lettre."));
        return statement;
    }

    private Statement Within(ReadOnlySpan<(string Name, LetterShape Shape)> names, Func<Statement> visit)
    {
        var before = new Dictionary<string, LetterShape>(_own, StringComparer.Ordinal);
        foreach (var (name, shape) in names)
        {
            _own[name] = shape;
        }

        var visited = visit();
        foreach (var (name, _) in names)
        {
            _own.Remove(name);
            if (before.TryGetValue(name, out var hidden))
            {
                _own[name] = hidden;
            }
        }

        return visited;
    }

    private LetterShape? Resolve(MemberExpression expression, bool report)
    {
        LetterShape? shape = null;
        var path = "";
        foreach (var segment in expression.Segments)
        {
            if (segment is not IdentifierSegment { Identifier: var name })
            {
                return shape?.Item ?? LetterShape.Anything; // list[0], or a name that is computed.
            }

            var inside = path.Length == 0 ? null : shape;
            path = path.Length == 0 ? name : $"{path}.{name}";
            var next = inside is null ? Root(name) : inside.Member(name);
            if (next is null)
            {
                if (report)
                {
                    _unknown.Add((path, Sentence(path, inside)));
                }

                return null;
            }

            shape = next;
        }

        return shape;
    }

    private LetterShape? Root(string name) =>
        _own.GetValueOrDefault(name) ?? _model.Member(name) ?? (name is "blank" or "empty" or "nil" or "null" or "true" or "false" ? LetterShape.Anything : null);

    private string Sentence(string path, LetterShape? inside)
    {
        var place = path.LastIndexOf('.') is var dot and > 0 ? $" sous « {path[..dot]} »" : "";
        var names = (inside ?? _model).Names;
        if (inside?.Item is { Names: { Count: > 0 } each })
        {
            return $"« {path} » n’existe pas dans cette lettre : « {path[..path.LastIndexOf('.')]} » est une liste ; parcourez-la ({{% for … in … %}}), chaque élément a : {string.Join(", ", each)}.";
        }

        return $"« {path} » n’existe pas dans cette lettre ; {(names.Count == 0 ? $"il n’y a rien{place}" : $"il y a{place} : {string.Join(", ", names)}")}.";
    }
}
