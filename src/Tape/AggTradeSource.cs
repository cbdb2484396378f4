using Granary.Engine.Market;
using Granary.Tape.Columnar;

namespace Granary.Tape;

/// <summary>
/// Aggregate trades in blocks from whatever holds them: csv, csv.gz, a zip's member (<see cref="AggTradeReader"/>), or a columnar tape of aggregate or single
/// trades. Memory is one block.
/// </summary>
public sealed class AggTradeSource : IDisposable
{
    private readonly AggTradeReader? _text;
    private readonly ColumnarReader<AggTrade>? _trades;
    private readonly ColumnarReader<SingleTrade>? _singles;
    private AggTrade[] _block = [];

    /// <summary>Opens a file.</summary>
    /// <param name="part">The file (<see cref="TapePart.Of"/>).</param>
    /// <param name="options">
    /// How to read; null for strict defaults. Of a columnar tape only <see cref="TapeOptions.Checks"/> counts: its rows were held against each other when
    /// they were written. The member is that of the part.
    /// </param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="TapeException">The file is missing, unreadable, damaged, empty or holds no trades.</exception>
    public AggTradeSource(TapePart part, TapeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(part);
        options ??= new TapeOptions();
        options.Validate();
        Part = part;
        if (part.Kind is null) _text = new AggTradeReader(part.Path, options with { Member = part.Member ?? options.Member });
        else if (part.Kind == TapeKind.Trades) _singles = new ColumnarReader<SingleTrade>(part.Path, options.Checks);
        else _trades = new ColumnarReader<AggTrade>(part.Path, options.Checks);
    }

    /// <summary>The file.</summary>
    public TapePart Part { get; }

    /// <summary>Whether each trade is a single one, under its own id.</summary>
    public bool IsSingle => _singles is not null || _text?.Layout == TapeLayout.Trades;

    /// <summary>How much was read, 0 to 1.</summary>
    public double Progress => _text?.Progress ?? (Total == 0 ? 1 : (double)Rows / Total);

    /// <summary>Rows given out so far.</summary>
    public long Rows => _text?.Report.Rows ?? Columnar!.Rows;

    /// <summary>Rows left out so far; always 0 with <see cref="TapeChecks.Strict"/>.</summary>
    public long SkippedRows => _text?.Report.Skipped ?? Columnar!.SkippedRows;

    /// <summary>Damaged places left out of a columnar tape so far; a place whose header is damaged holds rows that nobody can count.</summary>
    public long SkippedBlocks => Columnar?.SkippedBlocks ?? 0;

    /// <summary>The first rows of a csv that were left out.</summary>
    public IReadOnlyList<TapeOffence> Offences => _text?.Report.Offences ?? [];

    /// <summary>The first damaged places of a columnar tape.</summary>
    public IReadOnlyList<string> Faults => Columnar?.Faults ?? [];

    private ColumnarReport? Columnar => _trades?.Report ?? _singles?.Report;

    private long Total => _trades?.Rows ?? _singles!.Rows;

    /// <summary>Reads the next trades, valid until the next call.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="TapeException">The file is damaged; with <see cref="TapeChecks.Strict"/> also any wrong row.</exception>
    public bool TryReadBlock(out ReadOnlySpan<AggTrade> trades)
    {
        if (_text is not null) return _text.TryReadBlock(out trades);
        if (_trades is not null) return _trades.Read(out trades);
        if (!_singles!.Read(out var singles))
        {
            trades = [];
            return false;
        }
        if (_block.Length < singles.Length) _block = new AggTrade[singles.Length];
        for (var i = 0; i < singles.Length; i++) _block[i] = singles[i].ToAggTrade();
        trades = _block.AsSpan(0, singles.Length);
        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _text?.Dispose();
        _trades?.Dispose();
        _singles?.Dispose();
    }
}
