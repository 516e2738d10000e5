using System.Globalization;

namespace Guichet.Documents.Model;

/// <summary>Addresses as spreadsheets write them.</summary>
internal static class CellAddress
{
    /// <summary>Row and column from 0, of <c>C14</c> or <c>$C$14</c>.</summary>
    public static (int Row, int Column)? Parse(string? address)
    {
        var (at, column, row) = (0, 0, 0);
        address ??= "";
        for (at += address.StartsWith('$') ? 1 : 0; at < address.Length && column < 16_384 && char.IsAsciiLetter(address[at]); at++)
        {
            column = column * 26 + (address[at] | 0x20) - 'a' + 1;
        }

        for (at += at < address.Length && address[at] == '$' ? 1 : 0; at < address.Length && row < 2_000_000 && char.IsAsciiDigit(address[at]); at++)
        {
            row = row * 10 + address[at] - '0';
        }

        return at == address.Length && column is > 0 and <= 16_384 && row is > 0 and <= 1_048_576 ? (row - 1, column - 1) : null;
    }

    public static string Show(int row, int column) => Letters(column) + (row + 1).ToString(CultureInfo.InvariantCulture);

    public static string Letters(int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + (rest - 1) % 26) + letters;
        }

        return letters;
    }
}
