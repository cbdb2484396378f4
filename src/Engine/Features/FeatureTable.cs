using Granary.Engine.Bars;
using Granary.Engine.Market;

namespace Granary.Engine.Features;

/// <summary>
/// Bars, features and z-scores of a stretch of trades as columns, for research: what a <see cref="SymbolPipeline"/> gives for the same trades, bit for bit,
/// without a record for each bar. A row becomes a <see cref="FeatureBar"/> on demand.
/// </summary>
public sealed class FeatureTable
{
    // Rows are gathered column by column before they are laid down: one store into each of many long columns per bar would miss the cache every time.
    private const int StageRows = 16;

    private readonly decimal _level;
    private readonly int[] _windows;

    // The features by number, then the z-scores feature by feature with one column for each window.
    private readonly double[][] _columns;
    private readonly double[] _stage;
    private int _stagedRows;
    private Int128[] _cumulativeDelta = [];
    private SizeQuantile[] _largeAbove = [];
    private long[] _largeVolume = [];
    private int[] _uptickCount = [];
    private int[] _downtickCount = [];

    private FeatureTable(PipelineOptions options)
    {
        _level = options.Q90Level;
        _windows = [.. options.ZWindows];
        _columns = new double[FeatureValues.Count + (ZScores.FeatureCount * _windows.Length)][];
        Array.Fill(_columns, []);
        _stage = new double[_columns.Length * StageRows];
    }

    /// <summary>The bars themselves.</summary>
    public BarTable Bars { get; } = new();

    /// <summary>Rows: one for each bar.</summary>
    public int Count => Bars.Count;

    /// <summary>The windows of the z-scores, in bars, rising.</summary>
    public IReadOnlyList<int> ZWindows => _windows;

    /// <summary>Trades above the price of the trade before (§2.5).</summary>
    public ReadOnlySpan<int> UptickCount => _uptickCount.AsSpan(0, Count);

    /// <summary>Trades below the price of the trade before (§2.5).</summary>
    public ReadOnlySpan<int> DowntickCount => _downtickCount.AsSpan(0, Count);

    /// <summary>Sums of delta since the first bar, base units times 10^8 (§2.2).</summary>
    public ReadOnlySpan<Int128> CumulativeDeltaE8 => _cumulativeDelta.AsSpan(0, Count);

    /// <summary>Everything of a row as a strategy sees it.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="OverflowException">The quote volume of the bar has more digits than a decimal holds (above 7.9 trillion).</exception>
    public FeatureBar this[int row]
    {
        get
        {
            CheckRow(row);
            var features = new FeatureRow
            {
                Bar = Bars.Row(row),
                CumulativeDelta = _cumulativeDelta[row],
                LargeAbove = _largeAbove[row],
                LargeVolume = _largeVolume[row],
                UptickCount = _uptickCount[row],
                DowntickCount = _downtickCount[row],
            };
            for (var i = 0; i < FeatureValues.Count; i++) features.Values[i] = _columns[i][row];
            return features.ToFeatureBar(_level, new ZScores(_windows, [.. _columns.Skip(FeatureValues.Count).Select(column => column[row])]));
        }
    }

    /// <summary>A feature of a row; null for "no value".</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, or the column is unknown.</exception>
    public double? Value(FeatureColumn column, int row)
    {
        CheckRow(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)FeatureValues.Count, nameof(column));
        return Optional(_columns[(int)column][row]);
    }

    /// <summary>A z-score of a row; null for "no value".</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, the feature is unknown, or the window is not among <see cref="ZWindows"/>.</exception>
    public double? ZScore(ZFeature feature, int window, int row)
    {
        CheckRow(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)feature, (uint)ZScores.FeatureCount, nameof(feature));
        var place = Array.IndexOf(_windows, window);
        if (place < 0)
            throw new ArgumentOutOfRangeException(nameof(window), window, $"no z-score of that window; configured are {string.Join(", ", _windows)}");
        return Optional(_columns[FeatureValues.Count + ((int)feature * _windows.Length) + place][row]);
    }

    /// <summary>The quantile of trade sizes above which a trade of the bar is large, base units; null for "no value" (§2.3).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public decimal? Q90(int row)
    {
        CheckRow(row);
        return _largeAbove[row].ToDecimal(_level);
    }

    /// <summary>Volume of the bar's large trades, base units; null for "no value" (§2.3).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public decimal? LargeVolume(int row)
    {
        CheckRow(row);
        return _largeAbove[row].Count == 0 ? null : Fixed8.ToDecimal(_largeVolume[row]);
    }

    /// <summary>Cleans the trades, builds their bars and computes every feature and z-score.</summary>
    /// <param name="trades">By rising id, as <see cref="SymbolPipeline.Add(in AggTrade)"/> takes them.</param>
    /// <param name="options">What turns trades into bars.</param>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public static FeatureTable Compute(ReadOnlySpan<AggTrade> trades, PipelineOptions options)
    {
        var pipeline = new SymbolPipeline(options with { Tracks = null, Factors = null });
        var table = new FeatureTable(options);
        var total = trades.Length;
        var first = trades.IsEmpty ? 0 : trades[0].Id;
        pipeline.Add(trades, () =>
        {
            ref readonly var closed = ref pipeline.Closed;
            if (table.Count == table.Bars.Capacity) table.Reserve(BarTable.RowsNeeded(table.Count, closed.Bar.LastId - first + 1, total));
            table.Append(closed, pipeline.Scores);
        });
        table.LayDown();
        return table;
    }

    private void Append(in FeatureRow row, ReadOnlySpan<double> scores)
    {
        var i = Count;
        Bars.Append(row.Bar);
        _cumulativeDelta[i] = row.CumulativeDelta;
        _largeAbove[i] = row.LargeAbove;
        _largeVolume[i] = row.LargeVolume;
        _uptickCount[i] = row.UptickCount;
        _downtickCount[i] = row.DowntickCount;
        var stage = _stage.AsSpan(_stagedRows);
        for (var column = 0; column < FeatureValues.Count; column++) stage[column * StageRows] = row.Values[column];
        var windows = _windows.Length;
        for (var window = 0; window < windows; window++)
        {
            var ofWindow = scores.Slice(window * ZScoreWindows.RowLength, ZScores.FeatureCount);
            var place = (FeatureValues.Count + window) * StageRows;
            foreach (var score in ofWindow)
            {
                stage[place] = score;
                place += windows * StageRows;
            }
        }
        if (++_stagedRows == StageRows) LayDown();
    }

    private void LayDown()
    {
        var from = Count - _stagedRows;
        for (var i = 0; i < _columns.Length; i++) _stage.AsSpan(i * StageRows, _stagedRows).CopyTo(_columns[i].AsSpan(from));
        _stagedRows = 0;
    }

    private void Reserve(int capacity)
    {
        Bars.Reserve(capacity);
        BarTable.Resize(ref _cumulativeDelta, capacity);
        BarTable.Resize(ref _largeAbove, capacity);
        BarTable.Resize(ref _largeVolume, capacity);
        BarTable.Resize(ref _uptickCount, capacity);
        BarTable.Resize(ref _downtickCount, capacity);
        foreach (ref var column in _columns.AsSpan()) BarTable.Resize(ref column, capacity);
    }

    private void CheckRow(int row) => ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));

    private static double? Optional(double value) => double.IsNaN(value) ? null : value;
}
