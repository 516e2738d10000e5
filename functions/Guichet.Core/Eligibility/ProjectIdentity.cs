using System.Security.Cryptography;
using System.Text;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility;

/// <summary>By what two dossiers are taken for the same project: the same applicant's SIREN and the same title, case, accents and punctuation aside.</summary>
/// <param name="Siren">Nine digits.</param>
/// <param name="Title">Words, folded, with one space between.</param>
public sealed record ProjectIdentity(string Siren, string Title)
{
    /// <summary>A name of fixed length for the two, fit for a row key.</summary>
    public string Key => $"{Siren}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Title)))[..32]}";

    /// <summary>The identity of an application's project; null where its SIRET or its title is not known.</summary>
    public static ProjectIdentity? Of(GrantApplication? application)
    {
        if (!Siret.TryParse(application?.Find(Fields.ApplicantSiret)?.Value, out var siret) || application?.Find(Fields.ProjectTitle)?.Value is not { } title)
        {
            return null;
        }

        var words = string.Concat(FoldedText.Of(title).Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : new ProjectIdentity(siret.Siren, string.Join(' ', words));
    }
}
