using System.Collections.Immutable;

namespace Guichet.Storage;

/// <summary>Every container and table that the app uses. The environment creates them; the app holds no right to.</summary>
public static class StorageNames
{
#pragma warning disable CS1591 // containers and tables, described where they are used
    public const string Deposits = "deposits";
    public const string Reports = "reports";
    public const string Pieces = "pieces";
    public const string Texts = "texts";
    public const string Campaigns = "campaigns";
    public const string Keys = "keys";

    public const string Dossiers = "Dossiers";
    public const string Digests = "Digests";
    public const string Due = "Due";
    public const string Failures = "Failures";
    public const string Ledgers = "Ledgers";
    public const string Mails = "Mails";
    public const string Projects = "Projects";
    public const string Requests = "Requests";
    public const string Sessions = "Sessions";

    public const string TableauDossiers = "TableauDossiers";
    public const string TableauIndicateurs = "TableauIndicateurs";
    public const string TableauRegles = "TableauRegles";
    public const string TableauSuivi = "TableauSuivi";
#pragma warning restore CS1591

    /// <summary>Containers of the first account.</summary>
    public static readonly ImmutableArray<string> Containers = [Deposits, Reports, Pieces, Texts, Campaigns, Keys];

    /// <summary>Tables of the first account.</summary>
    public static readonly ImmutableArray<string> Tables = [Digests, Dossiers, Due, Failures, Ledgers, Mails, Projects, Requests, Sessions];

    /// <summary>Tables of the second account, which holds nothing but what the office reads.</summary>
    public static readonly ImmutableArray<string> OfficeTables = [TableauDossiers, TableauIndicateurs, TableauRegles, TableauSuivi];
}
