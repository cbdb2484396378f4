using Granary.Engine.Market;
using Granary.Tape.Rows;

namespace Granary.Tape;

/// <summary>Reads the layout BookTickers: best bid and ask. Update ids and times do not fall in what it gives out; without update ids, they are 0.</summary>
/// <param name="path">The file.</param>
/// <param name="options">How to read; null for strict defaults.</param>
/// <exception cref="ArgumentException">An option is outside its range.</exception>
/// <exception cref="TapeException">The file is missing, unreadable, damaged, empty or of no such layout.</exception>
public sealed class BookTickerReader(string path, TapeOptions? options = null)
    : RowReader<BookTicker>(path, options, TapeLayout.BookTickers)
{
    private protected override RowFormat<BookTicker> CreateFormat(Columns columns, TimeUnit unit, TapeOptions options) =>
        new BookTickerFormat(columns, unit);
}
