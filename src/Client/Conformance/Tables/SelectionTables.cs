using Granary.Engine.Selection;

namespace Granary.Client.Conformance.Tables;

/// <summary>Factors and filters of hourly candles, and the pools and selections of the last runs (formulas §5).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class SelectionTables(ConformanceSource source) : IConformanceFamily
{
    /// <summary>Capital of a selection where the parameters name none, quote units.</summary>
    public const decimal CapitalDefault = 1_000;

    private static readonly CsvColumn<PoolEntry>[] PoolColumns =
    [
        new("run_candle", at => at.RunCandleMs),
        new("case", at => at.Case),
        new("order", at => at.Order),
        new("symbol", at => at.Symbol.Symbol),
        new("factor", at => at.Symbol.Factor),
        new("chg_pct_max", at => (double?)at.Symbol.Row.Filters[0]),
        new("volume_sum", at => at.Symbol.Row.Filters[1]),
        new("rank", at => at.Symbol.Rank),
    ];

    private static readonly CsvColumn<PositionEntry>[] PositionColumns =
    [
        new("run_candle", at => at.RunCandleMs),
        new("case", at => at.Case),
        new("side", at => at.Position.Side == SelectionSide.Short ? "SHORT" : "LONG"),
        new("order", at => at.Order),
        new("symbol", at => at.Position.Symbol),
        new("factor", at => at.Position.Factor),
        new("rank", at => at.Position.Rank),
        new("close", at => at.Position.Close),
        new("face_value", at => at.Position.FaceValue),
        new("position", at => at.Position.Quantity),
        new("pos_val", at => at.Position.Value),
    ];

    private List<FactorEntry>? _factors;
    private List<(string Case, SelectionOptions Options, CoinSelection Selection)>? _selections;

    /// <inheritdoc/>
    public string Name => "factors_1h";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new(Name, WriteFactors),
        new("selection_pool", csv => csv.Write(Selections().SelectMany(Pool), PoolColumns)),
        new("selection", WriteSelection),
    ];

    private void WriteFactors(CsvTableWriter csv)
    {
        var options = Options();
        csv.Write(Factors(),
        [
            new("symbol", at => at.Row.Symbol),
            new("open_time", at => at.Row.LastCandleMs),
            new("atr", at => at.Atr),
            new(options.Factors[0].Column, at => at.Row.Factors[0]),
            new(options.Filters[0].Column, at => (double?)at.Row.Filters[0]),
            new(options.Filters[1].Column, at => at.Row.Filters[1]),
        ]);
    }

    private void WriteSelection(CsvTableWriter csv)
    {
        var faceValues = FaceValues();
        csv.Write(
            Selections().SelectMany(run => Positions(run.Case, run.Selection, PositionSizer.Assign(run.Selection, run.Options, FaceValueOf))), PositionColumns);

        decimal? FaceValueOf(string symbol) => faceValues.TryGetValue(symbol, out var faceValue)
            ? faceValue
            : throw new ConformanceException($"inputs/exginfo.csv has no symbol {symbol}, which is selected");
    }

    /// <summary>What stood at each candle, in the order of the file.</summary>
    private List<FactorEntry> Factors()
    {
        if (_factors is not null) return _factors;
        var options = Options();
        var symbols = new Dictionary<string, SymbolFactors>();
        var entries = new List<FactorEntry>();
        foreach (var (symbol, candle) in source.Inputs.Candles("klines_1h"))
        {
            if (symbol.Length == 0) throw new ConformanceException("inputs/klines_1h.csv has a candle without symbol");
            if (!symbols.TryGetValue(symbol, out var factors)) symbols[symbol] = factors = new SymbolFactors(symbol, options.Factors, options.Filters);
            if (!factors.Add(candle))
                throw new ConformanceException($"inputs/klines_1h.csv: the candle of {symbol} at {candle.OpenTimeMs} is not later than the one before it");
            entries.Add(new FactorEntry(factors.ToRow(), ((MtmAtrMean)factors.Factors[0]).Atr));
        }
        return _factors = entries;
    }

    /// <summary>The runs at the last candles of the file, oldest first, each with all cases.</summary>
    private List<(string Case, SelectionOptions Options, CoinSelection Selection)> Selections()
    {
        if (_selections is not null) return _selections;
        var cases = Cases().ToList();
        var runs = source.Params["factors"]["runs"].Int(0, int.MaxValue);
        var standing = Factors().Select(at => at.Row).GroupBy(row => row.LastCandleMs).OrderBy(rows => rows.Key).TakeLast(runs);
        return _selections = [.. standing.SelectMany(rows => cases.Select(at => (at.Name, at.Options, new Selector(at.Options).Select(rows.Key, rows))))];
    }

    /// <summary>Cases are written [name, ranks kept, longs, shorts].</summary>
    private IEnumerable<(string Name, SelectionOptions Options)> Cases()
    {
        var options = Options();
        foreach (var item in source.Params["factors"]["cases"].Items)
        {
            var (longs, shorts) = (item[2].Int(0, SelectionOptions.SideCountMax), item[3].Int(0, SelectionOptions.SideCountMax));
            if (longs + shorts == 0) throw item.Wrong("a long or a short number above 0");
            var volume = options.Filters[1] with { Limit = item[1].Int(1, int.MaxValue) };
            yield return (item[0].Text(), options with { Filters = [options.Filters[0], volume], LongCount = longs, ShortCount = shorts });
        }
    }

    private SelectionOptions Options()
    {
        var node = source.Params["factors"];
        int Window(string key) => node[key].Int(1, FactorCatalog.WindowMax);
        return new SelectionOptions
        {
            Factors = [new FactorSpec(nameof(MtmAtrMean), Ascending: true, Window("n"))],
            Filters =
            [
                new FilterSpec(nameof(ChgPctMax), Window("chg"), node["max_chg"].Decimal(-1, decimal.MaxValue)),
                new FilterSpec(nameof(Volume), Window("vol")),
            ],
            CandleCountMin = node["min_candles"].Int(0, int.MaxValue),
            Capital = node.Optional("capital")?.Decimal(0.01m, decimal.MaxValue) ?? CapitalDefault,
        };
    }

    private Dictionary<string, decimal> FaceValues()
    {
        using var table = source.Inputs.Open("exginfo");
        var faceValues = new Dictionary<string, decimal>();
        foreach (var row in table.Rows())
        {
            var faceValue = row.Decimal("face_value");
            if (faceValue <= 0) throw row.Wrong("face_value", "a number above 0");
            if (!faceValues.TryAdd(row.Text("symbol"), faceValue)) throw row.Wrong("symbol", "each symbol once");
        }
        return faceValues;
    }

    private static IEnumerable<PoolEntry> Pool((string Case, SelectionOptions Options, CoinSelection Selection) run) =>
        run.Selection.Pool.Select((symbol, order) => new PoolEntry(run.Selection.RunCandleMs, run.Case, order, symbol));

    /// <summary>The order counts from 0 within each side.</summary>
    private static IEnumerable<PositionEntry> Positions(string name, CoinSelection selection, IReadOnlyList<TargetPosition> positions) =>
        positions.Select((position, i) =>
            new PositionEntry(selection.RunCandleMs, name, i < selection.Shorts.Count ? i : i - selection.Shorts.Count, position));

    private sealed record FactorEntry(SelectionRow Row, double? Atr);

    private sealed record PoolEntry(long RunCandleMs, string Case, int Order, PooledSymbol Symbol);

    private sealed record PositionEntry(long RunCandleMs, string Case, int Order, TargetPosition Position);
}
