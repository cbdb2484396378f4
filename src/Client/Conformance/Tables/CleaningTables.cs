using Granary.Engine.Bars;

namespace Granary.Client.Conformance.Tables;

/// <summary>The verdict on each trade of a dirty file (formulas §1.1).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class CleaningTables(ConformanceSource source) : IConformanceFamily
{
    private static readonly CsvColumn<(int Row, long Id, TradeReject Verdict)>[] Columns =
    [
        new("input_row", row => row.Row),
        new("agg_trade_id", row => row.Id),
        new("verdict", row => NameOf(row.Verdict)),
    ];

    /// <inheritdoc/>
    public string Name => "cleaning";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() => [new(Name, Write)];

    private void Write(CsvTableWriter csv)
    {
        var trades = source.Inputs.Trades("aggtrades_dirty").ToArray();
        var verdicts = TradeCleaner.CleanFile(trades);
        csv.Write(verdicts.Select((verdict, row) => (row, trades[row].Id, verdict)), Columns);
    }

    private static string NameOf(TradeReject verdict) => verdict switch
    {
        TradeReject.None => "ok",
        TradeReject.Duplicate => "duplicate",
        TradeReject.Invalid => "invalid",
        TradeReject.TimeReversed => "time_reversed",
        TradeReject.Outlier => "outlier",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "the verdict has no name"),
    };
}
