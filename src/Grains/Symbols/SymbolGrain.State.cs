using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Grains.Interfaces.Strategies;
using Granary.Journal;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Symbols;

/// <summary>What of a symbol and its strategies outlives the process.</summary>
public sealed partial class SymbolGrain
{
    /// <summary>How often in a row a snapshot is put off because a strategy has none for the newest bar; at the default interval a minute.</summary>
    private const int SavesPutOffMax = 12;

    /// <summary>
    /// Snapshot to the journal, unless nothing happened since the last one: the symbol's and those of its strategies in one transaction, so that all of them
    /// go on from the same bar. While a strategy lags, the older ones stand; then the symbol's goes alone, and that strategy may have to warm up again.
    /// </summary>
    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (_pipeline.TradeCount == _snapshotTrades) return;
        var nextBar = _strategies.NextBarIndex;
        var strategies = nextBar == _snapshotBar ? [] : await _strategies.TakeSnapshotsAsync(NowMs);
        if (strategies is null && ++_savesPutOff <= SavesPutOffMax) return;
        _savesPutOff = 0;
        var trades = _pipeline.TradeCount;
        var writer = new SnapshotWriter();
        writer.Section("symbol", 3);
        writer.Write(_strategies.Series.Number);
        _pipeline.Write(writer);
        _funding.Write(writer);
        writer.Write(_holes);
        _guardInputs.Write(writer);
        writer.Write(_guards.Count);
        foreach (var guard in _guards.Values) guard.Write(writer);
        _measures.Write(writer);
        try
        {
            await _journal.AppendAsync([.. strategies ?? [], new SnapshotRecord(Owner, writer.ToArray(), NowMs)], _epoch, cancellationToken);
            _snapshotTrades = trades;
            if (strategies is not null) _snapshotBar = nextBar;
        }
        catch (StaleEpochException e)
        {
            LogStale(e.Message);
            DeactivateOnIdle();
        }
    }

    private void Restore(byte[] bytes)
    {
        try
        {
            var reader = new SnapshotReader(bytes);
            var layout = reader.Section("symbol", 3, 2);
            var series = reader.ReadInt64();
            _pipeline = SymbolPipeline.Read(ref reader, _symbol.Pipeline);
            _funding = FundingWatch.Read(ref reader);
            _holes = reader.ReadInt64();
            _guardInputs = ProtectionInputs.Read(ref reader, _symbol.Signals.StopOfiLookback);
            var guards = reader.ReadInt32();
            for (var i = 0; i < guards; i++)
            {
                var guard = ProtectedPosition.Read(ref reader, _symbol.Guard);
                _guards[guard.Account] = guard;
            }

            if (layout >= 3) _measures.Read(ref reader);
            _snapshotTrades = _pipeline.TradeCount;
            _strategies.Series = new BarSeries(series, _epoch.Number);
            if (_pipeline.LastBar is { } bar) _strategies.Remember(bar);
            _snapshotBar = _strategies.NextBarIndex;
        }
        catch (InvalidDataException e)
        {
            // Other options or a damaged snapshot: features begin anew, money state is not touched by this.
            LogSnapshotRefused(Symbol, e.Message);
            _pipeline = new SymbolPipeline(_symbol.Pipeline);
            _guardInputs = new ProtectionInputs(_symbol.Signals.StopOfiLookback);
            _measures = new MarketMeasures(_symbol.VolatilityMinutes);
            _funding = new FundingWatch();
            _guards.Clear();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "this activation is not the newest any more and stops: {Error}")]
    private partial void LogStale(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: the snapshot was not used, bars begin anew: {Error}")]
    private partial void LogSnapshotRefused(string symbol, string error);
}
