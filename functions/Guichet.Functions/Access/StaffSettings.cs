using Microsoft.Extensions.Configuration;

namespace Guichet.Functions.Access;

/// <summary>How people of the programme sign in.</summary>
public enum SignInKind
{
    /// <summary>They do not: endpoints for staff are closed.</summary>
    None,

    /// <summary>
    /// Through App Service authentication (OpenID Connect with ProConnect, or Entra ID), which takes the principal's header off every request from
    /// outside and puts its own: only where that is on may the header be trusted.
    /// </summary>
    AppService,

    /// <summary>By saying who one is, from a list. Refused outside Development.</summary>
    Test,
}

/// <summary>The settings of staff: each person's id, for the journal, with the address that it signs in with.</summary>
/// <param name="SignInPath">Where a browser signs in; null where it is not known.</param>
public sealed record StaffSettings(SignInKind SignIn, string? SignInPath, IReadOnlyDictionary<string, string> Office, IReadOnlyDictionary<string, string> Operators)
{
    /// <summary>Where a browser signs in and comes back from; null where it is not known.</summary>
    /// <param name="target">The path, and query, to come back to.</param>
    public string? SignInFor(string target) => SignInPath is null ? null : $"{SignInPath}?post_login_redirect_uri={Uri.EscapeDataString(target)}";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">One cannot serve here.</exception>
    public static StaffSettings Of(IConfigurationSection staff, bool isDevelopment)
    {
        var kind = (staff["SignIn"] ?? "none") switch
        {
            "none" => SignInKind.None,
            "app-service" => SignInKind.AppService,
            "test" when isDevelopment => SignInKind.Test,
            "test" => throw new InvalidOperationException("Le réglage Guichet__Staff__SignIn vaut « test », qui n’est admis qu’en développement : mettez « app-service »."),
            var other => throw new InvalidOperationException($"Le réglage Guichet__Staff__SignIn vaut « {other} » : il faut « none », « app-service » ou, en développement, « test »."),
        };
        var path = staff["SignInPath"] is { Length: > 0 } given ? given : null;
        if (path is not null && (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"Le réglage Guichet__Staff__SignInPath vaut « {path} » : il faut un chemin du guichet, comme « /.auth/login/aad ».");
        }

        return new(kind, path, People(staff, "Office"), People(staff, "Operators"));
    }

    /// <summary><c>id=address</c>, parted by semicolons.</summary>
    private static Dictionary<string, string> People(IConfigurationSection staff, string name)
    {
        var people = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in (staff[name] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (one.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } id, { Length: > 0 } email] || !email.Contains('@', StringComparison.Ordinal) || !people.TryAdd(id, email))
            {
                throw new InvalidOperationException($"Le réglage Guichet__Staff__{name} contient « {one} » : il faut « identifiant=adresse », séparés par des points-virgules, chaque identifiant une fois.");
            }
        }

        return people;
    }
}
