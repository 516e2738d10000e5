using Guichet.Core.Deposit;
using Guichet.Documents.Model;

namespace Guichet.Documents.Formats;

/// <summary>A file that cannot be read, for a reason that its sender can do something about. Readers are deep; this is how they give up.</summary>
/// <param name="id">The finding's id.</param>
/// <param name="message">The finding's sentence, in French.</param>
internal sealed class UnreadableFile(string id, string message) : Exception(message)
{
    /// <summary>The finding's id.</summary>
    public string Id { get; } = id;

    /// <summary>What to say of the file.</summary>
    public Remark AsRemark() => new(Id, PieceSeverity.Blocking, null, Message);

    public static UnreadableFile Damaged(string format) => new("FICHIER-ABIME",
        $"Ce fichier {format} est abîmé et ne peut pas être lu : ouvrez-le, enregistrez-le de nouveau, puis renvoyez-le.");

    public static UnreadableFile TooMuch(string what) => new("FICHIER-TROP-GRAND",
        $"Ce fichier contient {what} : il n’a pas été lu. Envoyez une version réduite à ce qui est demandé.");
}
