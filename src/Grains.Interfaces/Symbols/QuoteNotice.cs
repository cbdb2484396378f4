using Granary.Engine.Market;

namespace Granary.Grains.Interfaces.Symbols;

/// <summary>The newest quote and mark price of a symbol.</summary>
[GenerateSerializer, Immutable, Alias("granary.QuoteNotice")]
public sealed class QuoteNotice
{
    /// <summary>Creates a notice.</summary>
    public QuoteNotice(BookTicker ticker, MarkPrice mark, BookView? book = null)
    {
        Ticker = ticker;
        Mark = mark;
        Book = book;
    }

    /// <summary>Best bid and ask; update id 0 when none has come yet.</summary>
    [Id(0)]
    public BookTicker Ticker { get; }

    /// <summary>Mark price; time 0 when none has come yet.</summary>
    [Id(1)]
    public MarkPrice Mark { get; }

    /// <summary>The order book in numbers; null when none has come yet.</summary>
    [Id(2)]
    public BookView? Book { get; }
}
