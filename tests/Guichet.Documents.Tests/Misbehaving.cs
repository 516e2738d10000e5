using Guichet.Core.Deposit;

namespace Guichet.Documents.Tests;

/// <summary>A reader as any other, but for files that tell it to overflow, to hang or to bloat: those do it for real.</summary>
internal static class Misbehaving
{
    public const string Overflow = "!overflow";
    public const string Hang = "!hang";
    public const string Bloat = "!bloat";
    public const string Throw = "!throw";

    public static PieceExtract Read(ReadingRequest request)
    {
        var head = new FileInfo(request.Path).Length < 64 ? File.ReadAllText(request.Path) : "";
        switch (head)
        {
            case Overflow:
                Recurse(0);
                break;
            case Hang:
                while (Environment.TickCount64 >= 0)
                {
                }

                break;
            case Bloat:
                var held = new List<byte[]>();
                while (held.Count >= 0)
                {
                    held.Add(GC.AllocateUninitializedArray<byte>(1 << 20));
                    held[^1].AsSpan().Fill(1);
                }

                break;
            case Throw:
                throw new FormatException("A library's own error.");
        }

        return PieceReading.Read(request);
    }

    private static int Recurse(int depth) => depth < 0 ? 0 : 1 + Recurse(depth + 1);
}
