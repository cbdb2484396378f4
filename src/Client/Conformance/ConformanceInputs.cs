using Granary.Engine.Bars;
using Granary.Engine.Factors;
using Granary.Engine.Market;

namespace Granary.Client.Conformance;

/// <summary>The input files of a conformance run. What several tables read is read once.</summary>
/// <param name="folder">The folder that holds them.</param>
public sealed class ConformanceInputs(string folder)
{
    private const string FolderName = "inputs";

    private static readonly string[] TradeColumns =
        ["agg_trade_id", "price", "quantity", "first_trade_id", "last_trade_id", "transact_time", "is_buyer_maker"];

    private static readonly string[] CandleColumns =
    [
        "open_time", "open", "high", "low", "close", "volume", "close_time", "quote_volume", "count", "taker_buy_volume", "taker_buy_quote_volume", "ignore",
    ];

    private static readonly string[] FundingColumns = ["funding_time", "funding_rate"];

    private readonly Dictionary<string, AggTrade[]> _trades = [];
    private readonly Dictionary<string, AggTrade[]> _cleanTrades = [];
    private readonly Dictionary<string, SymbolCandle[]> _candles = [];
    private Kline[]? _minutes;
    private FundingRate[]? _funding;
    private readonly List<string> _notes = [];

    /// <summary>What the reader of the tables should know of the inputs, for example trades that were rejected.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Opens a file.</summary>
    /// <param name="name">Its name without .csv or .csv.gz.</param>
    /// <param name="layouts">The columns that it may have when it has no header.</param>
    /// <exception cref="ConformanceException">It is absent, or has no header and no known layout.</exception>
    public CsvTableReader Open(string name, params IReadOnlyList<IReadOnlyList<string>> layouts)
    {
        foreach (var file in new[] { $"{name}.csv", $"{name}.csv.gz" })
        {
            var path = Path.Combine(folder, file);
            if (File.Exists(path)) return CsvTableReader.Open(path, $"{FolderName}/{file}", layouts);
        }
        throw new ConformanceException($"{FolderName}/{name}.csv (or .csv.gz) does not exist");
    }

    /// <summary>Aggregate trades, in the order of the file.</summary>
    /// <param name="name">The file's name without .csv or .csv.gz.</param>
    /// <exception cref="ConformanceException">The file is absent or damaged.</exception>
    public IReadOnlyList<AggTrade> Trades(string name) => LoadTrades(name);

    /// <summary>Aggregate trades that passed cleaning (formulas §1.1), in the order of their ids.</summary>
    /// <param name="name">The file's name without .csv or .csv.gz.</param>
    /// <exception cref="ConformanceException">The file is absent or damaged.</exception>
    public IReadOnlyList<AggTrade> CleanTrades(string name)
    {
        if (_cleanTrades.TryGetValue(name, out var clean)) return clean;
        var trades = LoadTrades(name);
        var verdicts = TradeCleaner.CleanFile(trades);
        clean = [.. trades.Where((_, row) => verdicts[row] == TradeReject.None).OrderBy(trade => trade.Id)];
        if (clean.Length < trades.Length) _notes.Add($"{name}: {trades.Length - clean.Length} of {trades.Length} trades were rejected by cleaning");
        return _cleanTrades[name] = clean;
    }

    /// <summary>Candles, in the order of the file.</summary>
    /// <param name="name">The file's name without .csv or .csv.gz.</param>
    /// <exception cref="ConformanceException">The file is absent or damaged.</exception>
    public IReadOnlyList<SymbolCandle> Candles(string name)
    {
        if (_candles.TryGetValue(name, out var candles)) return candles;
        using var table = Open(name, CandleColumns, ["symbol", .. CandleColumns]);
        var hasSymbol = table.Has("symbol");
        return _candles[name] = [.. table.Rows().Select(row => new SymbolCandle(hasSymbol ? row.Text("symbol") : "", Candle(row)))];
    }

    /// <summary>One-minute candles of klines_1m, in the order of the file.</summary>
    /// <exception cref="ConformanceException">The file is absent or damaged, or a candle is not later than the one before it.</exception>
    public ReadOnlySpan<Kline> Minutes()
    {
        const string name = "klines_1m";
        if (_minutes is not null) return _minutes;
        Kline[] minutes = [.. Candles(name).Select(at => at.Candle)];
        var missing = 0L;
        for (var i = 1; i < minutes.Length; i++)
        {
            var (earlier, later) = (minutes[i - 1].OpenTimeMs, minutes[i].OpenTimeMs);
            if (later <= earlier) throw new ConformanceException($"{FolderName}/{name}: the candle at {later} is not later than the one before it");
            missing += ((later - earlier) / MinuteFactors.MinuteMs) - 1;
        }
        if (missing > 0) _notes.Add($"{name}: {missing} minutes are missing; factors fill them, labels and indicators go by rows");
        return _minutes = minutes;
    }

    /// <summary>Funding settlements, in the order of the file.</summary>
    /// <exception cref="ConformanceException">The file is absent or damaged.</exception>
    public ReadOnlySpan<FundingRate> Funding()
    {
        if (_funding is not null) return _funding;
        using var table = Open("funding", FundingColumns);
        return _funding = [.. table.Rows().Select(row => new FundingRate(row.Long("funding_time"), row.Decimal("funding_rate")))];
    }

    private AggTrade[] LoadTrades(string name)
    {
        if (_trades.TryGetValue(name, out var trades)) return trades;
        using var table = Open(name, TradeColumns);
        return _trades[name] = [.. table.Rows().Select(Trade)];
    }

    private static AggTrade Trade(CsvRow row)
    {
        var (first, last) = (row.Long("first_trade_id"), row.Long("last_trade_id"));
        if (last < first || last - first >= int.MaxValue) throw row.Wrong("last_trade_id", "the first trade's id or a later one");
        return new AggTrade(
            row.Long("agg_trade_id"),
            row.Long("transact_time"),
            row.E8("price"),
            row.E8("quantity"),
            first,
            (int)(last - first + 1),
            row.Flag("is_buyer_maker"));
    }

    private static Kline Candle(CsvRow row)
    {
        var count = row.Long("count");
        if (count is < 0 or > int.MaxValue) throw row.Wrong("count", "a number of trades");
        return new Kline(
            row.Long("open_time"),
            row.Decimal("open"),
            row.Decimal("high"),
            row.Decimal("low"),
            row.Decimal("close"),
            row.Decimal("volume"),
            row.Long("close_time"),
            row.Decimal("quote_volume"),
            (int)count,
            row.Decimal("taker_buy_volume"),
            row.Decimal("taker_buy_quote_volume"));
    }
}
