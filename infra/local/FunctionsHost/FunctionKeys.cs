using System.Security.Cryptography;
using System.Text;

namespace Guichet.Local.FunctionsHost;

/// <summary>The keys of the host, made anew at each start: which of them opens what is as on Azure.</summary>
public sealed class FunctionKeys
{
    /// <summary>Opens everything, the admin endpoints included.</summary>
    public string Master { get; } = New();

    /// <summary>Opens functions whose level is <c>function</c>.</summary>
    public string Function { get; } = New();

    /// <summary>Opens the webhook that blob events come to: Azure calls it the system key <c>blobs_extension</c>.</summary>
    public string BlobsExtension { get; } = New();

    internal bool Admits(string? level, HttpRequest request) => level?.ToUpperInvariant() switch
    {
        "ANONYMOUS" => true,
        "ADMIN" => Has(request, Master),
        // Functions that name no level have this one, on Azure as here.
        _ => Has(request, Function, Master),
    };

    internal bool AdmitsBlobEvents(HttpRequest request) => Has(request, BlobsExtension, Master);

    private static bool Has(HttpRequest request, params ReadOnlySpan<string> keys)
    {
        var given = Encoding.UTF8.GetBytes(request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault() ?? "");
        var found = false;
        foreach (var key in keys)
        {
            found |= CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(key));
        }

        return found;
    }

    private static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
