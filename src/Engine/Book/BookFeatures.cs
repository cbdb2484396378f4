using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Book;

/// <summary>
/// The order book features of one symbol (formulas §8). Driven either by ticker events or by a book's changes, one update each; not by both, because the
/// windows count updates. What needs only the book as it stands (depth, large orders) is computed when asked for. Allocation-free per update.
/// </summary>
public sealed class BookFeatures
{
    private readonly BookFeatureOptions _options;
    private readonly BookOrderFlow _orderFlow;
    private readonly MicropriceMomentum _momentum;
    private readonly DepthChangeRate _changeRate;
    private BookLevel[] _bids = [];
    private BookLevel[] _asks = [];
    private long _resyncCount;

    /// <summary>Features without updates.</summary>
    /// <param name="options">Their parameters; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public BookFeatures(BookFeatureOptions? options = null)
    {
        _options = options ?? new BookFeatureOptions();
        _options.Validate();
        _orderFlow = new BookOrderFlow(_options.OfiWindow);
        _momentum = new MicropriceMomentum(_options.MomentumLag);
        _changeRate = new DepthChangeRate(_options.ChangeWindow);
    }

    /// <summary>The last update's best quotes; zeros before the first.</summary>
    public Quote Quote { get; private set; }

    /// <summary>Order flow imbalance of the best quotes, book_ofi (formulas §8.1).</summary>
    public BookOrderFlow OrderFlow => _orderFlow;

    /// <summary>Movement of the microprice (formulas §8.4).</summary>
    public MicropriceMomentum Momentum => _momentum;

    /// <summary>Quantity changed near the best prices per second, base units; null until its window is full, and when driven by ticker events.</summary>
    public double? DepthChangePerSecond => _changeRate.PerSecond;

    /// <summary>Takes a ticker event.</summary>
    public void Update(in BookTicker ticker) => Update(new Quote(ticker));

    /// <summary>
    /// Takes the book after a change was applied to it. Once the book had to be resynchronised everything starts over; while it is not live there is nothing
    /// to take.
    /// </summary>
    public void Update(OrderBook book)
    {
        if (book.ResyncCount != _resyncCount)
        {
            Restart();
            _resyncCount = book.ResyncCount;
        }
        if (book.State != BookState.Live) return;
        Update(book.Quote);
        _changeRate.Update(book.ChangedQuantity, book.TimeMs);
    }

    /// <summary>Starts over without a previous state: call it when ticker events were missed.</summary>
    public void Restart()
    {
        Quote = default;
        _orderFlow.Restart();
        _momentum.Restart();
        _changeRate.Restart();
    }

    /// <summary>Volumes, imbalance and slopes of the best levels as the book stands (formulas §8.3).</summary>
    /// <param name="book">The book.</param>
    /// <param name="levels">Levels of each side, 1 to 20000.</param>
    /// <returns>Null when the book is not known to be complete down there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of levels is outside its range.</exception>
    public DepthProfile? Depth(OrderBook book, int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, 20_000);
        return book.IsCompleteTo(levels) ? DepthProfile.Of(Copy(book.Bids, ref _bids, levels), Copy(book.Asks, ref _asks, levels), levels) : null;
    }

    /// <summary>The large resting orders on one side of the book as it stands (<see cref="LargeOrders"/>).</summary>
    /// <param name="side">Which side.</param>
    /// <param name="large">Receives them, best first; <see cref="BookFeatureOptions.LargeLevels"/> always suffice.</param>
    /// <returns>How many.</returns>
    public int FindLarge(BookSide side, Span<BookLevel> large) =>
        LargeOrders.Find(Copy(side, ref _bids, _options.LargeLevels), _options.LargeMultiple, large);

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(BookFeatures), 1);
        writer.Write(_resyncCount);
        writer.Write(Quote.BidPriceE8);
        writer.Write(Quote.BidQuantityE8);
        writer.Write(Quote.AskPriceE8);
        writer.Write(Quote.AskQuantityE8);
        _orderFlow.Write(writer);
        _momentum.Write(writer);
        _changeRate.Write(writer);
    }

    /// <summary>Reads a state into these features, which must have the options of those that were written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of other options, damaged, or not of book features.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(BookFeatures), 1);
        _resyncCount = reader.ReadInt64();
        Quote = new Quote(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        _orderFlow.Restore(ref reader);
        _momentum.Restore(ref reader);
        _changeRate.Restore(ref reader);
    }

    private void Update(in Quote quote)
    {
        Quote = quote;
        _orderFlow.Update(quote);
        _momentum.Update(quote);
    }

    private static ReadOnlySpan<BookLevel> Copy(BookSide side, ref BookLevel[] scratch, int levels)
    {
        if (scratch.Length < levels) scratch = new BookLevel[levels];
        return scratch.AsSpan(0, side.CopyTo(scratch.AsSpan(0, levels)));
    }
}
