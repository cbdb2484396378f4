using Granary.Engine.Bars;
using Granary.Engine.Features;

namespace Granary.Backtest;

/// <summary>What a tape comes to.</summary>
/// <param name="TradeCount">Trades read, repetitions not counted.</param>
/// <param name="AcceptedCount">Trades that entered a bar.</param>
/// <param name="MissingCount">Ids skipped over between the first and the last.</param>
/// <param name="Rejects">Trades kept out of the bars, by every reason there is.</param>
/// <param name="FirstId">Id of the first trade; 0 without trades.</param>
/// <param name="LastId">Id of the last trade; 0 without trades.</param>
/// <param name="LastTimeMs">Time of the last accepted trade, milliseconds since the Unix epoch, UTC; 0 without one.</param>
/// <param name="BarCount">Bars closed.</param>
/// <param name="BarDigest">Fingerprint of all closed bars (<see cref="Engine.Bars.BarDigest"/>): equal for equal trades and threshold.</param>
/// <param name="LastBar">The bar that was closed last; null before the first.</param>
/// <param name="OpenVolume">Volume of the bar that is not closed yet, base units.</param>
/// <param name="OpenTradeCount">Trades in the bar that is not closed yet.</param>
public sealed record RebuildResult(
    long TradeCount, long AcceptedCount, long MissingCount, IReadOnlyDictionary<TradeReject, long> Rejects, long FirstId, long LastId, long LastTimeMs,
    long BarCount, string BarDigest, FeatureBar? LastBar, decimal OpenVolume, int OpenTradeCount);
