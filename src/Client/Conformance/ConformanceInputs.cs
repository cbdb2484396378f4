using Granary.Engine.Bars;
using Granary.Engine.Market;

namespace Granary.Client.Conformance;

/// <summary>The input files of a conformance run. What several tables read is read once.</summary>
/// <param name="folder">The folder that holds them.</param>
public sealed class ConformanceInputs(string folder)
{
    private const string FolderName = "inputs";

    private readonly Dictionary<string, AggTrade[]> _trades = [];
    private readonly Dictionary<string, AggTrade[]> _cleanTrades = [];
    private readonly Dictionary<string, SymbolCandle[]> _candles = [];
    private readonly List<string> _notes = [];

    /// <summary>What the reader of the tables should know of the inputs, for example trades that were rejected.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Opens a file.</summary>
    /// <param name="name">Its name without .csv or .csv.gz.</param>
    /// <exception cref="ConformanceException">It is absent, or has no header.</exception>
    public CsvTableReader Open(string name)
    {
        foreach (var file in new[] { $"{name}.csv", $"{name}.csv.gz" })
        {
            var path = Path.Combine(folder, file);
            if (File.Exists(path)) return CsvTableReader.Open(path, $"{FolderName}/{file}");
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
    public ReadOnlySpan<AggTrade> CleanTrades(string name)
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
        using var table = Open(name);
        var hasSymbol = table.Has("symbol");
        return _candles[name] = [.. table.Rows().Select(row => new SymbolCandle(hasSymbol ? row.Text("symbol") : "", Candle(row)))];
    }

    private AggTrade[] LoadTrades(string name)
    {
        if (_trades.TryGetValue(name, out var trades)) return trades;
        using var table = Open(name);
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
