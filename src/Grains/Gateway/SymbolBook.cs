using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Grains.Interfaces.Symbols;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Gateway;

/// <summary>
/// One symbol's order book as the streams tell it, and its features (formulas §8). Changes are gathered into the book where they are read, which is how they
/// conflate: the grain is handed a view of the whole, not the changes. When the book cannot be trusted a snapshot is fetched over REST.
/// </summary>
internal sealed partial class SymbolBook(string symbol, IMarketDataPort market, TimeProvider time, ILogger logger)
{
    private const int SnapshotLevels = 1_000;
    private static readonly int[] DepthLevels = [1, 5, 10, 20];
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly AsyncSignal _wanted = new();
    private readonly OrderBook _book = new();

    // The order flow of the best quotes needs every quote, so it is taken from the ticker; how the depth changes is only seen in the book.
    private readonly BookFeatures _quotes = new();
    private readonly BookFeatures _depth = new();
    private readonly BookLevel[] _large = new BookLevel[LargeOrders.LevelsMax];

    public void OnTicker(in BookTicker ticker)
    {
        lock (_gate) _quotes.Update(ticker);
    }

    public void OnDepth(in BookDiff diff)
    {
        bool needsSnapshot;
        lock (_gate)
        {
            var needed = _book.NeedsSnapshot;
            if (_book.Apply(diff) == BookOutcome.Applied) _depth.Update(_book);
            needsSnapshot = _book.NeedsSnapshot && !needed;
        }

        if (needsSnapshot) _wanted.Set();
    }

    /// <summary>Quotes or changes were missed.</summary>
    public void OnLost()
    {
        lock (_gate)
        {
            _quotes.Restart();
            _book.Resync();
        }

        _wanted.Set();
    }

    /// <summary>The book as it stands; null before the first quote and change.</summary>
    public BookView? View()
    {
        lock (_gate)
        {
            var quote = _quotes.Quote;
            if (!quote.IsTwoSided && _book.State == BookState.Empty) return null;
            return new BookView(
                _book.TimeMs, _book.State.ToString(), _book.ResyncCount, quote.Spread, quote.Microprice, quote.Imbalance, _quotes.OrderFlow.Window,
                _quotes.Momentum.Momentum, _quotes.Momentum.Acceleration, _depth.DepthChangePerSecond,
                [.. DepthLevels.Select(levels => _depth.Depth(_book, levels)).OfType<DepthProfile>().Select(ToView)],
                Large(_book.Bids), Large(_book.Asks))
            {
                Bids = Best(_book.Bids),
                Asks = Best(_book.Asks),
            };
        }
    }

    /// <summary>Fetches snapshots as the book asks for them, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var seen = _wanted.Version;
            if (!NeedsSnapshot())
            {
                await _wanted.WaitAsync(seen, cancellationToken);
                continue;
            }

            if (await TryFetchAsync(cancellationToken)) continue;
            await Task.Delay(RetryDelay, time, cancellationToken);
        }
    }

    private bool NeedsSnapshot()
    {
        lock (_gate) return _book.NeedsSnapshot;
    }

    private async Task<bool> TryFetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await market.GetDepthAsync(symbol, SnapshotLevels, cancellationToken);
            lock (_gate)
            {
                if (_book.Apply(snapshot) == BookOutcome.Stale) return false;
            }

            LogSnapshot(symbol, snapshot.LastUpdateId);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFetchFailed(e, symbol);
            return false;
        }
    }

    /// <summary>The best levels; none of a book that is being put together.</summary>
    private BookLevel[] Best(BookSide side)
    {
        if (_book.State != BookState.Live) return [];
        var levels = new BookLevel[Math.Min(side.Count, BookView.LevelsMax)];
        side.CopyTo(levels);
        return levels;
    }

    private LevelView[] Large(BookSide side)
    {
        var count = _depth.FindLarge(side, _large);
        return [.. _large.Take(count).Select(level => new LevelView(Fixed8.ToDecimal(level.PriceE8), Fixed8.ToDecimal(level.QuantityE8)))];
    }

    private static DepthView ToView(DepthProfile profile) =>
        new(profile.Levels, profile.BidVolume, profile.AskVolume, profile.Imbalance, profile.BidSlope, profile.AskSlope);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Symbol}: the order book begins at update {UpdateId}")]
    private partial void LogSnapshot(string symbol, long updateId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: the order book's snapshot is not to be had; asked again in a second")]
    private partial void LogFetchFailed(Exception exception, string symbol);
}
