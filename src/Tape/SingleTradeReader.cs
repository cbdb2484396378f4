using Granary.Tape.Rows;

namespace Granary.Tape;

/// <summary>Reads the layout Trades as single trades. The files do not tell trades of the insurance fund apart: every row counts as one of the market.</summary>
/// <param name="path">The file.</param>
/// <param name="options">How to read; null for strict defaults.</param>
/// <exception cref="ArgumentException">An option is outside its range.</exception>
/// <exception cref="TapeException">The file is missing, unreadable, damaged, empty or of no such layout.</exception>
public sealed class SingleTradeReader(string path, TapeOptions? options = null)
    : RowReader<SingleTrade>(path, options, TapeLayout.Trades)
{
    private protected override RowFormat<SingleTrade> CreateFormat(Columns columns, TimeUnit unit, TapeOptions options) =>
        new SingleTradeFormat(columns, unit, options);
}
