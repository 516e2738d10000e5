namespace Guichet.Local;

/// <summary>
/// People who sign in by saying who they are, in the header <see cref="Header"/>. The app takes them in Development alone: in Azure they cannot exist.
/// Reviewers are those that the campaigns name.
/// </summary>
public static class TestPrincipals
{
    public const string Header = "X-Guichet-Principal";

    public const string Office = "bureau@exemple.gouv.fr";

    /// <summary>A second person of the office: some things take two.</summary>
    public const string Deputy = "adjointe@exemple.gouv.fr";

    public const string Operator = "exploitation@exemple.gouv.fr";
}
