using System.Buffers.Binary;

namespace Guichet.Documents.Tests.Measuring;

/// <summary>The ways in which the archives of public test suites are wrong, each made of a sound one.</summary>
internal static class ZipFaults
{
    private const int LocalHeader = 0x04034B50;
    private const int CentralHeader = 0x02014B50;
    private const int EndOfDirectory = 0x06054B50;

    public static readonly IReadOnlyList<(string Name, Func<byte[], byte[]> Spoil)> All =
    [
        ("sain", zip => zip),
        ("somme de contrôle fausse", zip => Central(zip, 16, 4, field => field.Fill(0x5A))),
        ("entrées qui se recouvrent", zip => Central(zip, 42, 4, field => field.Clear())),
        ("en-têtes qui se contredisent", zip => Local(zip, 26, 2, field => BinaryPrimitives.WriteUInt16LittleEndian(field, 0xFFF0))),
        ("noms qui se contredisent", zip => Local(zip, 30, 1, field => field.Fill((byte)'Z'))),
        ("zip64 annoncé et absent", zip => Central(zip, 20, 8, field => field.Fill(0xFF))),
        ("répertoire zip64 annoncé et absent", zip => End(zip, 8, 12, field => field.Fill(0xFF))),
        ("données avant l’archive", zip => [.. new byte[777], .. zip]),
        ("données après l’archive", zip => [.. zip, .. new byte[777]]),
        ("commentaire sans fin", zip => End(zip, 20, 2, field => field.Fill(0xFF))),
        ("chiffrée", zip => Central(Local(zip, 6, 1, field => field[0] |= 1), 8, 1, field => field[0] |= 1)),
        ("méthode inconnue", zip => Central(Local(zip, 8, 2, field => field.Fill(0x63)), 10, 2, field => field.Fill(0x63))),
        ("descripteur annoncé et absent", zip => Central(Local(zip, 6, 1, field => field[0] |= 8), 8, 1, field => field[0] |= 8)),
        ("taille annoncée démesurée", zip => Central(zip, 24, 4, field => BinaryPrimitives.WriteUInt32LittleEndian(field, 0xFFFF_FFF0))),
        ("taille annoncée trop petite", zip => Central(zip, 24, 4, field => field.Clear())),
        ("plus d’entrées qu’il n’y en a", zip => End(zip, 8, 4, field => field.Fill(0x7F))),
        ("répertoire placé ailleurs", zip => End(zip, 16, 4, field => field.Fill(0x7F))),
        ("coupée", zip => zip[..(zip.Length / 2)]),
    ];

    private static byte[] Local(byte[] zip, int at, int length, SpanAction change) => Every(zip, LocalHeader, at, length, change);

    private static byte[] Central(byte[] zip, int at, int length, SpanAction change) => Every(zip, CentralHeader, at, length, change);

    private static byte[] End(byte[] zip, int at, int length, SpanAction change) => Every(zip, EndOfDirectory, at, length, change);

    private delegate void SpanAction(Span<byte> field);

    private static byte[] Every(byte[] zip, int signature, int at, int length, SpanAction change)
    {
        var spoilt = (byte[])zip.Clone();
        for (var i = 0; i + at + length <= spoilt.Length; i++)
        {
            if (i + 4 <= spoilt.Length && BinaryPrimitives.ReadInt32LittleEndian(spoilt.AsSpan(i)) == signature)
            {
                change(spoilt.AsSpan(i + at, length));
            }
        }

        return spoilt;
    }
}
