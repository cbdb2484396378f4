using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Features;

/// <summary>
/// One symbol's path from trades to bars with features: <see cref="TradeCleaner"/>, <see cref="VolumeBarBuilder"/>, features. Trades come in the order of
/// their ids. Allocation-free, bars included: the records of a closed bar are made when <see cref="LastBar"/> is read. A snapshot at any trade continues bit for bit. Memory is bounded by the options'
/// windows. Not safe for concurrent use.
/// </summary>
public sealed class SymbolPipeline
{
    private readonly PipelineOptions _options;
    private readonly TradeStatistics _trades;
    private readonly BarHistory _history;
    private readonly int[] _zWindows;
    private TradeCleaner _cleaner = new();
    private VolumeBarBuilder _bars;
    private BarDigest _digest = new();
    private FeatureRow _closed;
    private FeatureBar? _lastBar;

    /// <summary>A pipeline before its first trade.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public SymbolPipeline(PipelineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _bars = new VolumeBarBuilder(options.VolumeThreshold);
        _trades = new TradeStatistics(options);
        _history = new BarHistory(options);
        _zWindows = [.. options.ZWindows];
    }

    /// <summary>The options it was made with.</summary>
    public PipelineOptions Options => _options;

    /// <summary>
    /// Volume that closes a bar, base units; at first that of the options. The value in force at a bar's first trade applies to the whole bar
    /// (formulas §1.7), so a new value waits for the next bar. Part of the snapshot.
    /// </summary>
    /// <exception cref="ArgumentException">The threshold is not above 0 and at most 46,116,860,184, or has more than eight decimals.</exception>
    public decimal VolumeThreshold
    {
        get => _bars.Threshold;
        set => _bars.Threshold = value;
    }

    /// <summary>The bar that was closed last; null before the first. Made when it is read first, and kept until the next bar closes.</summary>
    /// <exception cref="OverflowException">The quote volume of the bar has more digits than a decimal holds (above 7.9 trillion).</exception>
    public FeatureBar? LastBar => _lastBar ??= _closed.Bar.TradeCount == 0 ? null : _closed.ToFeatureBar(_options.Q90Level, ZScores.FromRows(_zWindows, _history.Scores));

    /// <summary>What became of the trade that was offered last.</summary>
    public TradeReject LastVerdict { get; private set; }

    /// <summary>The id expected next: the last one taken in, accepted or rejected for its contents, plus 1; 0 before the first trade.</summary>
    public long NextId => _cleaner.NextId;

    /// <summary>Trades offered, duplicates not counted: accepted ones and those rejected for their contents.</summary>
    public long TradeCount => _cleaner.TradeCount;

    /// <summary>Trades that entered a bar.</summary>
    public long AcceptedCount => _cleaner.AcceptedCount;

    /// <summary>Ids that were skipped over since the first trade.</summary>
    public long MissingCount => _cleaner.MissingCount;

    /// <summary>Bars closed.</summary>
    public long BarCount => _bars.BarCount;

    /// <summary>Time of the last accepted trade, milliseconds since the Unix epoch, UTC; 0 before it.</summary>
    public long LastTradeTimeMs => _cleaner.LastTimeMs;

    /// <summary>Price of the last accepted trade, quote units; 0 before it.</summary>
    public decimal LastPrice => Fixed8.ToDecimal(_cleaner.LastPriceE8);

    /// <summary>Volume of the running bar, base units.</summary>
    public decimal OpenVolume => _bars.OpenVolume;

    /// <summary>Quote volume of the running bar, quote units.</summary>
    public decimal OpenQuoteVolume => _bars.OpenQuoteVolume;

    /// <summary>Trades in the running bar.</summary>
    public int OpenTradeCount => _bars.OpenTradeCount;

    /// <summary>
    /// Fingerprint of the base columns of all bars closed so far, 64 hex digits (<see cref="Bars.BarDigest"/>): equal for two runs over the same trades.
    /// </summary>
    public string BarDigest => _digest.Hex;

    /// <summary>Trades rejected for a reason.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The reason is <see cref="TradeReject.None"/> or unknown.</exception>
    public long RejectCount(TradeReject reason) => _cleaner.RejectCount(reason);

    /// <summary>
    /// Takes the next trade. A trade whose id leaves a hole is taken all the same, and marks its bar as incomplete: fill holes before.
    /// </summary>
    /// <returns>True when it closed a bar, which then is <see cref="LastBar"/>.</returns>
    public bool Add(in AggTrade trade)
    {
        if (!_cleaner.TryAdd(trade)) return AddUnusual(trade);
        LastVerdict = TradeReject.None;
        return _bars.Append(trade) && TakeChunk(trade);
    }

    /// <summary>Marks the running bar, or the next one when none runs, as incomplete (<see cref="Bar.IsComplete"/>): trades were lost for good.</summary>
    public void MarkGap() => _bars.MarkGap();

    /// <summary>Writes the state and the options it depends on; about 150 KB with the default windows.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(SymbolPipeline), 2);
        foreach (var (name, value) in _options.Describe())
        {
            writer.Write(name);
            writer.Write(value);
        }
        writer.Write((int)LastVerdict);
        _cleaner.Write(writer);
        _bars.Write(writer);
        _trades.Write(writer);
        _history.Write(writer);
        _digest.Write(writer);
        writer.Write(LastBar is not null);
        LastBar?.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the pipeline to be; the snapshot must have been taken with the same.</param>
    /// <exception cref="InvalidDataException">
    /// The snapshot was taken with other options (the message names the first that differs), is damaged, or not of a pipeline.
    /// </exception>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public static SymbolPipeline Read(ref SnapshotReader reader, PipelineOptions options)
    {
        var pipeline = new SymbolPipeline(options);
        reader.Section(nameof(SymbolPipeline), 2, 2);
        foreach (var (name, value) in options.Describe())
        {
            var (writtenName, writtenValue) = (reader.ReadString(), reader.ReadString());
            if (writtenName != name) throw new InvalidDataException($"snapshot of a pipeline names option '{writtenName}', expected '{name}'");
            if (writtenValue != value)
            {
                throw new InvalidDataException(
                    $"snapshot of a pipeline was taken with {name} = {writtenValue}, configured is {value}; restore the option or start afresh");
            }
        }
        pipeline.LastVerdict = (TradeReject)reader.ReadInt32();
        pipeline._cleaner = TradeCleaner.Read(ref reader);
        pipeline._bars = VolumeBarBuilder.Read(ref reader);
        pipeline._trades.Restore(ref reader);
        pipeline._history.Restore(ref reader);
        pipeline._digest = Bars.BarDigest.Read(ref reader);
        if (reader.ReadBoolean()) pipeline._lastBar = FeatureBar.Read(ref reader);
        return pipeline;
    }

    /// <summary>The bar closed last as it was computed; its trade count is 0 before the first bar and after a restore.</summary>
    internal ref readonly FeatureRow Closed => ref _closed;

    /// <summary>The z-scores of the bar closed last: for each window a row.</summary>
    internal ReadOnlySpan<double> Scores => _history.Scores;

    /// <summary>Takes trades as <see cref="Add(in AggTrade)"/> does, the same to the bit.</summary>
    /// <param name="trades">By rising id.</param>
    /// <param name="onBar">Called after each closed bar, when only <see cref="Closed"/> and <see cref="Scores"/> are settled: cleaning runs ahead of the bars.</param>
    internal void Add(ReadOnlySpan<AggTrade> trades, Action onBar)
    {
        while (!trades.IsEmpty)
        {
            var clean = trades[.._cleaner.AddRun(trades[..Math.Min(trades.Length, TradeChunk.Max)])];
            if (clean.IsEmpty)
            {
                if (Add(trades[0])) onBar();
                trades = trades[1..];
                continue;
            }
            trades = trades[clean.Length..];
            LastVerdict = TradeReject.None;
            while (!clean.IsEmpty)
            {
                var taken = _bars.AppendUntilReady(clean, out var ready);
                if (ready && TakeChunk(clean[taken - 1])) onBar();
                clean = clean[taken..];
            }
        }
    }

    private bool AddUnusual(in AggTrade trade)
    {
        var expected = _cleaner.NextId;
        LastVerdict = _cleaner.AddUnusual(trade);
        if (trade.Id > expected && expected != 0) _bars.MarkGap();
        return LastVerdict == TradeReject.None && _bars.Append(trade) && TakeChunk(trade);
    }

    private bool TakeChunk(in AggTrade last)
    {
        _trades.Take(_bars.Chunk);
        if (!_bars.TakeChunk(last)) return false;
        ref readonly var bar = ref _bars.Closed;
        _history.Add(bar, _trades, ref _closed);
        _trades.BeginBar();
        _digest.Append(bar);
        _lastBar = null;
        return true;
    }
}
