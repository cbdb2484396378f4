using Granary.Grains.Interfaces.Execution;
using Orleans.Concurrency;

namespace Granary.Grains.Interfaces.Symbols;

/// <summary>One symbol's market: trades in, bars and features, questions to the strategies. Key: the upper-case symbol.</summary>
[Alias("granary.ISymbolGrain")]
public interface ISymbolGrain : IKeepAlive
{
    /// <summary>The aggregate-trade id that the grain needs next; 0 when it has seen none and takes any.</summary>
    [Alias("NextId")]
    ValueTask<long> GetNextId();

    /// <summary>
    /// Takes a batch of trades over in one turn. Known ids are skipped. A batch that starts beyond the next id is refused whole, unless
    /// <see cref="TradeBatch.AcceptHole"/> says that the hole cannot be filled: then the running bar is marked incomplete.
    /// </summary>
    [Alias("Ingest")]
    ValueTask<IngestAnswer> Ingest(TradeBatch batch);

    /// <summary>The completed days whose volume the calibration of the bar size lacks (formulas §1.7); null when it lacks none.</summary>
    /// <param name="nowMs">The venue's time, milliseconds since the Unix epoch, UTC.</param>
    [Alias("WantedDays")]
    ValueTask<DayRange?> GetWantedDays(long nowMs);

    /// <summary>Tells the volumes of completed days, by rising time; the bar size follows from the next bar on.</summary>
    [Alias("SetDays")]
    ValueTask SetDays(DayVolume[] days);

    /// <summary>The newest quote; quotes conflate, so some are never seen.</summary>
    [OneWay, Alias("OnQuote")]
    Task OnQuote(QuoteNotice notice);

    /// <summary>How the market feed stands beside its backups; the newest notice holds.</summary>
    [OneWay, Alias("OnFeed")]
    Task OnFeed(FeedNotice notice);

    /// <summary>Which of the symbol's streams are silent; the newest notice holds.</summary>
    [OneWay, AlwaysInterleave, Alias("OnStreams")]
    Task OnStreams(StreamNotice notice);

    /// <summary>A position in this symbol changed, or is told again: its protection starts, goes on or ends.</summary>
    [OneWay, AlwaysInterleave, Alias("OnPosition")]
    Task OnPosition(PositionNotice notice);

    /// <summary>A bar of the market that confirms this one's signals closed; a lost notice is made good by the next bar.</summary>
    [OneWay, AlwaysInterleave, Alias("OnRelatedBar")]
    Task OnRelatedBar(RelatedBar bar);

    /// <summary>
    /// Writes the state, and that of the strategies, to the journal now. Asked for before a silo stops, while strategies still answer; otherwise it is
    /// written every few seconds.
    /// </summary>
    [Alias("Save")]
    ValueTask Save();

    /// <summary>What an operator sees of the symbol.</summary>
    [AlwaysInterleave, Alias("View")]
    ValueTask<SymbolView> GetView();

    /// <summary>The newest closed bars, and the running one.</summary>
    /// <param name="countMax">Closed bars wanted at most, 0 or more; the grain holds the last 1,024 since its start.</param>
    [AlwaysInterleave, Alias("Bars")]
    ValueTask<BarsView> GetBars(int countMax);
}
