using Granary.Tape.Rows;

namespace Granary.Tape;

/// <summary>Reads the layouts Klines, Ohlcv and Ohlc as candles. Open times rise within a symbol in what it gives out.</summary>
/// <param name="path">The file.</param>
/// <param name="options">How to read; null for strict defaults.</param>
/// <exception cref="ArgumentException">An option is outside its range.</exception>
/// <exception cref="TapeException">The file is missing, unreadable, damaged, empty or of no such layout.</exception>
public sealed class KlineReader(string path, TapeOptions? options = null)
    : RowReader<KlineRow>(path, options, TapeLayout.Klines, TapeLayout.Ohlcv, TapeLayout.Ohlc)
{
    private protected override RowFormat<KlineRow> CreateFormat(Columns columns, TimeUnit unit, TapeOptions options) =>
        new KlineFormat(columns, unit, new SymbolNames(Symbol), StepMs);
}
