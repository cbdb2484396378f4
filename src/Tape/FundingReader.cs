using Granary.Tape.Rows;

namespace Granary.Tape;

/// <summary>Reads the layout FundingRates. Times rise within a symbol in what it gives out.</summary>
/// <param name="path">The file.</param>
/// <param name="options">How to read; null for strict defaults.</param>
/// <exception cref="ArgumentException">An option is outside its range.</exception>
/// <exception cref="TapeException">The file is missing, unreadable, damaged, empty or of no such layout.</exception>
public sealed class FundingReader(string path, TapeOptions? options = null)
    : RowReader<FundingRow>(path, options, TapeLayout.FundingRates)
{
    private protected override RowFormat<FundingRow> CreateFormat(Columns columns, TimeUnit unit, TapeOptions options) =>
        new FundingFormat(columns, unit, new SymbolNames(Symbol));
}
