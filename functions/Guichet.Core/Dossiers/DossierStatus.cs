using System.Collections.Frozen;

namespace Guichet.Core.Dossiers;

/// <summary>Where a dossier stands. The names are those that the programme uses.</summary>
public enum DossierStatus
{
#pragma warning disable CS1591 // the programme's own words
    Depot,
    Incomplet,
    IrrecevablePropose,
    Irrecevable,
    Recevable,
    Note,
    Instruction,
    Preselectionne,
    Auditionne,
    ListeComplementaire,
    Laureat,
    Refuse,
    Conventionne,
    Suivi,
    Clos,
    Retire,
#pragma warning restore CS1591
}

/// <summary>The moves that a dossier may make, and what people call where it stands.</summary>
public static class DossierStatuses
{
    private static readonly FrozenDictionary<DossierStatus, DossierStatus[]> Moves = new Dictionary<DossierStatus, DossierStatus[]>
    {
        [DossierStatus.Depot] = [DossierStatus.Incomplet, DossierStatus.Recevable, DossierStatus.IrrecevablePropose, DossierStatus.Retire],
        [DossierStatus.Incomplet] = [DossierStatus.Recevable, DossierStatus.IrrecevablePropose, DossierStatus.Retire],
        [DossierStatus.IrrecevablePropose] = [DossierStatus.Irrecevable, DossierStatus.Recevable, DossierStatus.Retire],
        [DossierStatus.Recevable] = [DossierStatus.Note, DossierStatus.Incomplet, DossierStatus.Retire],
        [DossierStatus.Note] = [DossierStatus.Instruction, DossierStatus.Retire],
        [DossierStatus.Instruction] = [DossierStatus.Preselectionne, .. Decisions, DossierStatus.Retire],
        [DossierStatus.Preselectionne] = [DossierStatus.Auditionne, .. Decisions, DossierStatus.Retire],
        [DossierStatus.Auditionne] = [.. Decisions, DossierStatus.Retire],
        [DossierStatus.ListeComplementaire] = [DossierStatus.Laureat, DossierStatus.Refuse, DossierStatus.Retire],
        [DossierStatus.Laureat] = [DossierStatus.Conventionne, DossierStatus.Retire],
        [DossierStatus.Refuse] = [DossierStatus.Instruction],
        [DossierStatus.Irrecevable] = [DossierStatus.Instruction],
        [DossierStatus.Conventionne] = [DossierStatus.Suivi],
        [DossierStatus.Suivi] = [DossierStatus.Clos],
        [DossierStatus.Clos] = [],
        [DossierStatus.Retire] = [],
    }.ToFrozenDictionary();

    private static DossierStatus[] Decisions => [DossierStatus.Laureat, DossierStatus.Refuse, DossierStatus.ListeComplementaire];

    /// <summary>Whether a dossier may go from one status to another; staying is no move.</summary>
    public static bool MayBecome(this DossierStatus from, DossierStatus to) => Moves[from].Contains(to);

    /// <summary>Whether something may still come of a dossier: it is neither refused, nor withdrawn, nor over.</summary>
    public static bool IsLive(this DossierStatus status) =>
        status is not (DossierStatus.Irrecevable or DossierStatus.Refuse or DossierStatus.Retire or DossierStatus.Clos);

    /// <summary>What people call it.</summary>
    public static string InFrench(this DossierStatus status) => status switch
    {
        DossierStatus.Depot => "Dépôt",
        DossierStatus.Incomplet => "Incomplet",
        DossierStatus.IrrecevablePropose => "Irrecevabilité proposée",
        DossierStatus.Irrecevable => "Irrecevable",
        DossierStatus.Recevable => "Recevable",
        DossierStatus.Note => "Noté",
        DossierStatus.Instruction => "En instruction",
        DossierStatus.Preselectionne => "Présélectionné",
        DossierStatus.Auditionne => "Auditionné",
        DossierStatus.ListeComplementaire => "Liste complémentaire",
        DossierStatus.Laureat => "Lauréat",
        DossierStatus.Refuse => "Refusé",
        DossierStatus.Conventionne => "Conventionné",
        DossierStatus.Suivi => "En suivi",
        DossierStatus.Clos => "Clos",
        DossierStatus.Retire => "Retiré",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
