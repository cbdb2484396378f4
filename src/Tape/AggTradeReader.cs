using Granary.Engine.Market;
using Granary.Tape.Rows;

namespace Granary.Tape;

/// <summary>Reads the layouts AggTrades and Trades as aggregate trades. Ids rise and times do not fall in what it gives out.</summary>
/// <remarks>
/// A single trade (layout Trades) becomes an aggregate of one with its own id as first trade id. Where an aggTrades row leaves both trade-id columns empty,
/// the aggregate has first trade id 0 and counts as one trade. With <see cref="TapeChecks.Lenient"/> a row is compared with the last one given out; when 16
/// rows in a row agree on a price that was taken for a jump, the jump is believed.
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="options">How to read; null for strict defaults.</param>
/// <exception cref="ArgumentException">An option is outside its range.</exception>
/// <exception cref="TapeException">The file is missing, unreadable, damaged, empty or of no such layout.</exception>
public sealed class AggTradeReader(string path, TapeOptions? options = null)
    : RowReader<AggTrade>(path, options, TapeLayout.AggTrades, TapeLayout.Trades)
{
    private protected override RowFormat<AggTrade> CreateFormat(Columns columns, TimeUnit unit, TapeOptions options) => new TradeFormat(columns, unit, options);
}
