using Granary.Engine.Book;

namespace Granary.Engine.Tests.Book;

/// <summary>The slow, obvious book: sorted dictionaries, nothing bounded.</summary>
internal sealed class ModelBook
{
    private readonly SortedDictionary<long, long> _bids = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, long> _asks = [];

    public ModelBook(BookSnapshot snapshot)
    {
        Set(_bids, snapshot.Bids);
        Set(_asks, snapshot.Asks);
    }

    public IEnumerable<BookLevel> Bids => _bids.Select(level => new BookLevel(level.Key, level.Value));

    public IEnumerable<BookLevel> Asks => _asks.Select(level => new BookLevel(level.Key, level.Value));

    public bool IsCrossed => _bids.Count > 0 && _asks.Count > 0 && _bids.First().Key >= _asks.First().Key;

    public void Apply(BookLevel[] bids, BookLevel[] asks)
    {
        Set(_bids, bids);
        Set(_asks, asks);
    }

    private static void Set(SortedDictionary<long, long> side, IEnumerable<BookLevel> levels)
    {
        foreach (var level in levels)
        {
            if (level.QuantityE8 == 0) side.Remove(level.PriceE8);
            else side[level.PriceE8] = level.QuantityE8;
        }
    }
}
