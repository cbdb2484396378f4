using Granary.Engine.Bars;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Backtest;

/// <summary>
/// Builds the bars of a tape directly: the reference for the bars of a live run over the same trades. The symbol's pipeline is the one that runs live; the
/// tape's trades reach it in file order, one after the other.
/// </summary>
public static class OfflineRebuild
{
    /// <summary>Reads the tape once and builds its bars.</summary>
    /// <param name="path">The tape: csv, csv.gz, zip or columnar (<see cref="AggTradeTape.Read"/>).</param>
    /// <param name="pipeline">What turns trades into bars.</param>
    /// <param name="tape">How to read; null for strict defaults.</param>
    /// <param name="onBar">Receives each bar as it closes; null for none.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="TapeException">The file or, with <see cref="TapeChecks.Strict"/>, a row is wrong.</exception>
    public static RebuildResult Run(string path, PipelineOptions pipeline, TapeOptions? tape = null, Action<FeatureBar>? onBar = null) =>
        Run(AggTradeTape.Read(path, tape), pipeline, onBar);

    /// <summary>Builds the bars of trades in the order given.</summary>
    /// <param name="trades">The trades, by rising id.</param>
    /// <param name="pipeline">What turns trades into bars.</param>
    /// <param name="onBar">Receives each bar as it closes; null for none.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static RebuildResult Run(IEnumerable<AggTrade> trades, PipelineOptions pipeline, Action<FeatureBar>? onBar = null)
    {
        ArgumentNullException.ThrowIfNull(trades);
        var symbol = new SymbolPipeline(pipeline);
        long firstId = 0, lastId = 0;
        foreach (var trade in trades)
        {
            if (firstId == 0) firstId = trade.Id;
            lastId = trade.Id;
            if (symbol.Add(trade)) onBar?.Invoke(symbol.LastBar!);
        }

        var rejects = new SortedDictionary<TradeReject, long>();
        foreach (var reason in Enum.GetValues<TradeReject>())
        {
            if (reason != TradeReject.None) rejects.Add(reason, symbol.RejectCount(reason));
        }
        return new RebuildResult(
            symbol.TradeCount, symbol.AcceptedCount, symbol.MissingCount, rejects, firstId, lastId, symbol.LastTradeTimeMs, symbol.BarCount, symbol.BarDigest,
            symbol.LastBar, symbol.OpenVolume, symbol.OpenTradeCount);
    }
}
