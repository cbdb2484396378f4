using System.Globalization;
using Granary.Engine.Market;
using Granary.Engine.Selection;

namespace Granary.Engine.Tests.Selection;

/// <summary>All symbols of a market sent through their factors, with what stood at each candle, and the selections of the last runs.</summary>
internal sealed class SelectionRun
{
    private readonly SelectionOptions _options;

    public SelectionRun(IEnumerable<(string Symbol, Kline[] Candles)> market, SelectionOptions options)
    {
        _options = options;
        foreach (var (symbol, candles) in market)
        {
            var factors = new SymbolFactors(symbol, options.Factors, options.Filters);
            foreach (ref readonly var candle in candles.AsSpan())
            {
                factors.Add(candle);
                var row = factors.ToRow();
                Rows.Add((row, ((MtmAtrMean)factors.Factors[0]).Atr));
                Standing.GetOrAdd(candle.OpenTimeMs, []).Add(row);
            }
        }
    }

    public List<(SelectionRow Row, double? Atr)> Rows { get; } = [];

    private Dictionary<long, List<SelectionRow>> Standing { get; } = [];

    /// <summary>The selections of the last candles, oldest first, at each candle case by case.</summary>
    public List<(string Case, SelectionOptions Options, CoinSelection Selection)> Select(
        int runs, long last, params (string Name, int Rank, int Long, int Short)[] cases)
    {
        var times = Standing.Keys.Where(time => time <= last).Order().TakeLast(runs);
        var selections = new List<(string, SelectionOptions, CoinSelection)>();
        foreach (var time in times)
        {
            foreach (var (name, rank, longs, shorts) in cases)
            {
                var volume = _options.Filters[1] with { Limit = rank };
                var options = _options with { Filters = [_options.Filters[0], volume], LongCount = longs, ShortCount = shorts };
                selections.Add((name, options, new Selector(options).Select(time, Standing[time])));
            }
        }
        return selections;
    }

    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static long Integer(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

file static class DictionaryExtensions
{
    public static TValue GetOrAdd<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key, TValue value)
        where TKey : notnull => dictionary.TryAdd(key, value) ? value : dictionary[key];
}
