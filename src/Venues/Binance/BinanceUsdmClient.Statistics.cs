using System.Text.Json;
using Granary.Engine.Market;
using Granary.Venues.Ports;

namespace Granary.Venues.Binance;

/// <content>Public market data beside streams, candles and aggregate trades.</content>
public sealed partial class BinanceUsdmClient : IMarketStatisticsPort, IMarketHistoryPort
{
    private const int PeriodLimitMax = 500;

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<string, MarkPrice>> GetMarkPricesAsync(string? symbol, CancellationToken cancellationToken) =>
        AskAsync("/fapi/v1/premiumIndex", Of(symbol), symbol is null ? 10 : 1, StatisticsDecoder.MarkPrices, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<DayStatistics>> GetDayStatisticsAsync(string? symbol, CancellationToken cancellationToken) =>
        AskAsync("/fapi/v1/ticker/24hr", Of(symbol), symbol is null ? 40 : 1, StatisticsDecoder.Days, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<string, decimal>> GetPricesAsync(string? symbol, CancellationToken cancellationToken) =>
        AskAsync("/fapi/v2/ticker/price", Of(symbol), symbol is null ? 2 : 1, StatisticsDecoder.Prices, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<string, BookTicker>> GetBookTickersAsync(string? symbol, CancellationToken cancellationToken) =>
        AskAsync("/fapi/v1/ticker/bookTicker", Of(symbol), symbol is null ? 5 : 2, StatisticsDecoder.BookTickers, cancellationToken);

    /// <inheritdoc />
    public ValueTask<OpenInterest> GetOpenInterestAsync(string symbol, CancellationToken cancellationToken) =>
        AskAsync("/fapi/v1/openInterest", Of(symbol), 1, StatisticsDecoder.OpenInterest, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<FundingTerms>> GetFundingTermsAsync(CancellationToken cancellationToken) =>
        AskAsync("/fapi/v1/fundingInfo", new QueryText(), 1, StatisticsDecoder.FundingTerms, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<MarketTrade>> GetTradesAsync(string symbol, long? fromId, int limit, CancellationToken cancellationToken)
    {
        if (limit < 1 || limit > (fromId is null ? LimitMax : PeriodLimitMax))
            throw new ArgumentException($"limit is {limit}; it must be 1 to {(fromId is null ? LimitMax : PeriodLimitMax)}", nameof(limit));
        if (fromId is not { } first) return AskAsync("/fapi/v1/trades", Of(symbol).Add("limit", limit), 5, StatisticsDecoder.Trades, cancellationToken);
        // Older trades are public, but asked for with the key.
        var parameters = Of(symbol).Add("fromId", first).Add("limit", limit).ToString();
        return _rest.QueryAsync(new RestCall("GET", "/fapi/v1/historicalTrades", parameters, CallSecurity.Key, 20), StatisticsDecoder.Trades,
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PriceKline>> GetPriceKlinesAsync(
        string symbol, PriceKind kind, KlineInterval interval, long startMs, long endMs, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > KlineLimitMax) throw new ArgumentException($"limit is {limit}; it must be 1 to {KlineLimitMax}", nameof(limit));
        var (path, name) = kind switch
        {
            PriceKind.Mark => ("/fapi/v1/markPriceKlines", "symbol"),
            PriceKind.Index => ("/fapi/v1/indexPriceKlines", "pair"),
            _ => ("/fapi/v1/premiumIndexKlines", "symbol"),
        };
        var parameters = new QueryText().Add(name, symbol).Add("interval", interval.Code).Add("startTime", startMs).Add("endTime", endMs).Add("limit", limit);
        return AskAsync(path, parameters, limit switch { < 100 => 1, < 500 => 2, <= 1000 => 5, _ => 10 }, StatisticsDecoder.PriceKlines, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<FundingRate>> GetFundingRatesAsync(string symbol, long startMs, long endMs, int limit, CancellationToken cancellationToken)
    {
        CheckLimit(limit);
        return AskAsync(
            "/fapi/v1/fundingRate", Of(symbol).Add("startTime", startMs).Add("endTime", endMs).Add("limit", limit), 1, StatisticsDecoder.FundingRates,
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OpenInterest>> GetOpenInterestHistoryAsync(string symbol, KlineInterval period, int limit,
        CancellationToken cancellationToken) =>
        AskAsync("/futures/data/openInterestHist", Periods(symbol, period, limit), 1, StatisticsDecoder.OpenInterests, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<TrendRatio>> GetTrendRatiosAsync(
        string symbol, TrendKind kind, KlineInterval period, int limit, CancellationToken cancellationToken)
    {
        var path = kind switch
        {
            TrendKind.Accounts => "/futures/data/globalLongShortAccountRatio",
            TrendKind.TopAccounts => "/futures/data/topLongShortAccountRatio",
            TrendKind.TopPositions => "/futures/data/topLongShortPositionRatio",
            _ => "/futures/data/takerlongshortRatio",
        };
        return AskAsync<IReadOnlyList<TrendRatio>>(
            path, Periods(symbol, period, limit), 1, kind == TrendKind.TakerVolume ? StatisticsDecoder.TakerRatios : StatisticsDecoder.LongShortRatios,
            cancellationToken);
    }

    private ValueTask<T> AskAsync<T>(string path, QueryText parameters, int weight, Func<JsonElement, T> decode,
        CancellationToken cancellationToken) =>
        _rest.QueryAsync(new RestCall("GET", path, parameters.ToString(), CallSecurity.None, weight), decode, cancellationToken);

    private static QueryText Of(string? symbol) => symbol is null ? new QueryText() : new QueryText().Add("symbol", symbol);

    private static QueryText Periods(string symbol, KlineInterval period, int limit) => limit is >= 1 and <= PeriodLimitMax
        ? Of(symbol).Add("period", period.Code).Add("limit", limit)
        : throw new ArgumentException($"limit is {limit}; it must be 1 to {PeriodLimitMax}", nameof(limit));
}
