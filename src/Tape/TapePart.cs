using Granary.Tape.Columnar;
using Granary.Tape.Files;
using Granary.Tape.Rows;

namespace Granary.Tape;

/// <summary>A csv or columnar tape to read: a file, or a member of an archive.</summary>
/// <param name="Path">The file.</param>
/// <param name="Member">The archive's member; null when the file is no archive.</param>
public sealed record TapePart(string Path, string? Member)
{
    private static readonly string[] Markets = ["um", "cm", "spot"];

    /// <summary>The path; with an archive, "archive!member".</summary>
    public string Name => Member is null ? Path : $"{Path}!{Member}";

    /// <summary>
    /// The symbol in the name: its first part of upper-case letters and digits ("um-BTCUSDT-1m-2026-02.zip", "BTCUSDT-1h.csv"); empty without one. Of a
    /// columnar tape, the symbol that it says.
    /// </summary>
    public string Symbol { get; init; } = SymbolOf(Member ?? Path);

    /// <summary>Of a columnar tape, what its rows are; null for a csv.</summary>
    public TapeKind? Kind { get; init; }

    /// <summary>The parts of a file: itself, or the members of the archive in its order.</summary>
    /// <exception cref="TapeException">The file is missing, cannot be read, or is a damaged archive or tape.</exception>
    public static IReadOnlyList<TapePart> Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (ColumnarTape.Describe(path) is var (kind, symbol)) return [new TapePart(path, null) { Kind = kind, Symbol = symbol }];
        return TapeFile.ListMembers(path) is { } members ? [.. members.Select(m => new TapePart(path, m))] : [new TapePart(path, null)];
    }

    /// <summary>Looks at the first line.</summary>
    /// <returns>The layout that a reader would find.</returns>
    /// <exception cref="TapeException">The part is missing, unreadable, damaged, empty or of no known layout.</exception>
    public TapeLayout FindLayout()
    {
        using var rows = new RowBlocks(TapeFile.Open(Path, Member));
        return LayoutFinder.Read(rows, null, out _).Layout;
    }

    internal static string SymbolOf(string path)
    {
        var parts = System.IO.Path.GetFileName(path).Split('-', '.');
        var symbol = parts.FirstOrDefault(p => !Markets.Contains(p)) ?? "";
        return symbol.Length >= 5 && symbol.All(c => c is >= 'A' and <= 'Z' or >= '0' and <= '9' or '_') && symbol.Any(char.IsLetter) ? symbol : "";
    }
}
