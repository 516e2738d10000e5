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
public sealed record StaffSettings(SignInKind SignIn, IReadOnlyDictionary<string, string> Office, IReadOnlyDictionary<string, string> Operators)
{
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
        return new(kind, People(staff, "Office"), People(staff, "Operators"));
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
