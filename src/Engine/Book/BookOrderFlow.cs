using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Book;

/// <summary>
/// Order flow imbalance of the best quotes after Cont, Kukanov and Stoikov, eq. 10 (formulas §8.1), called book_ofi to keep it apart from the OFI of bars:
/// by each update,
/// e = q^b_n·[P^b_n &gt;= P^b_{n-1}] - q^b_{n-1}·[P^b_n &lt;= P^b_{n-1}] - q^a_n·[P^a_n &lt;= P^a_{n-1}] + q^a_{n-1}·[P^a_n &gt;= P^a_{n-1}]. An empty bid counts as
/// a price below, an empty ask as one above all others. Exact; allocation-free per update.
/// </summary>
public sealed class BookOrderFlow
{
    private RollingSum _window;
    private Quote _last;
    private bool _hasLast;
    private Int128 _cumulative;

    /// <summary>A flow without updates.</summary>
    /// <param name="window">Updates that the windowed sum covers, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is below 1.</exception>
    public BookOrderFlow(int window) => _window = new RollingSum(window);

    /// <summary>The last update's contribution, base units; null for the first one and before it.</summary>
    public decimal? Event { get; private set; }

    /// <summary>Sum of all contributions since the start or the last <see cref="Restart"/>, base units.</summary>
    public decimal Cumulative => BookAmount.ToDecimal(_cumulative);

    /// <summary>Sum of the last contributions, base units; null until the window is full of them.</summary>
    public decimal? Window => _window.IsFull ? BookAmount.ToDecimal(_window.Sum) : null;

    /// <summary>Takes the best quotes after an update, changed or not.</summary>
    public void Update(in Quote quote)
    {
        if (_hasLast)
        {
            var contribution = Contribution(_last, quote);
            _window.Push(contribution);
            _cumulative += contribution;
            Event = BookAmount.ToDecimal(contribution);
        }
        _last = quote;
        _hasLast = true;
    }

    /// <summary>Starts over without a previous state, as after a resync of the book: updates may have been missed, so no sum reaches across.</summary>
    public void Restart()
    {
        _window = new RollingSum(_window.Capacity);
        _cumulative = 0;
        _hasLast = false;
        _last = default;
        Event = null;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(BookOrderFlow), 1);
        _window.Write(writer);
        writer.Write(_hasLast);
        writer.Write(_last.BidPriceE8);
        writer.Write(_last.BidQuantityE8);
        writer.Write(_last.AskPriceE8);
        writer.Write(_last.AskQuantityE8);
        writer.Write(_cumulative);
        writer.WriteOptional(Event);
    }

    /// <summary>Reads a state into this flow, which must have the window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another window, damaged, or not of a book order flow.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(BookOrderFlow), 1);
        _window.Restore(ref reader);
        _hasLast = reader.ReadBoolean();
        _last = new Quote(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        _cumulative = reader.ReadInt128();
        Event = reader.ReadOptionalDecimal();
        if (!_hasLast && (Event is not null || _window.Count > 0))
            throw new InvalidDataException("snapshot of a book order flow is damaged: it has contributions without a previous quote");
    }

    private static Int128 Contribution(in Quote before, in Quote now)
    {
        var (askBefore, askNow) = (AskPrice(before), AskPrice(now));
        Int128 sum = 0;
        if (now.BidPriceE8 >= before.BidPriceE8) sum += now.BidQuantityE8;
        if (now.BidPriceE8 <= before.BidPriceE8) sum -= before.BidQuantityE8;
        if (askNow <= askBefore) sum -= now.AskQuantityE8;
        if (askNow >= askBefore) sum += before.AskQuantityE8;
        return sum;
    }

    private static long AskPrice(in Quote quote) => quote.AskPriceE8 > 0 ? quote.AskPriceE8 : long.MaxValue;
}
