using Granary.Engine.Market;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Risk;

/// <summary>Returns from before the engine listened, and those that a pause left out: from the venue's candles, once per activation and symbol.</summary>
public sealed partial class RiskGrain
{
    private const int CandlesPerPage = 1_500;

    /// <summary>Candles asked for of one symbol; with minutes of more periods than that, the older ones stay unknown.</summary>
    private const int CandlesMax = 15_000;

    private readonly HashSet<string> _seeded = new(StringComparer.Ordinal);
    private bool _isSeeding;

    /// <summary>Beside whatever runs: a venue that is slow to show its candles keeps nothing waiting. What fails is tried again with the next audit.</summary>
    private async Task SeedReturnsAsync()
    {
        if (_isSeeding) return;
        _isSeeding = true;
        try
        {
            foreach (var symbol in _symbols)
            {
                // Market time begins with the first mark price: in a replay it is not now.
                if (_seeded.Contains(symbol) || !_markets.TryGetValue(symbol, out var told)) continue;
                await SeedReturnsAsync(symbol, told.TimeMs);
                _seeded.Add(symbol);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogSeedFailed(_account, e.Message);
        }
        finally
        {
            _isSeeding = false;
        }
    }

    private async Task SeedReturnsAsync(string symbol, long untilMs)
    {
        var periodMs = _settings.ReturnPeriodMinutes * 60_000L;
        var interval = KlineInterval.LongestOf(periodMs);
        var count = Math.Min((_settings.ReturnPeriods + 1) * (periodMs / interval.DurationMs), CandlesMax);
        var closes = new List<(long Period, decimal Close)>();
        var nextMs = (untilMs / interval.DurationMs * interval.DurationMs) - (count * interval.DurationMs);
        while (nextMs < untilMs)
        {
            var candles = await _market.GetKlinesAsync(symbol, interval, nextMs, untilMs, CandlesPerPage, CancellationToken.None);
            foreach (var candle in candles)
            {
                // The last candle of a period that is over has the period's close.
                var endMs = candle.OpenTimeMs + interval.DurationMs;
                if (endMs <= untilMs && endMs % periodMs == 0 && candle.Close > 0) closes.Add(((endMs / periodMs) - 1, candle.Close));
            }

            if (candles.Count == 0 || candles[^1].OpenTimeMs < nextMs) break;
            nextMs = candles[^1].OpenTimeMs + interval.DurationMs;
        }

        _returns.Seed(symbol, closes);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account}: value at risk rests on the returns heard so far; the venue showed no candles ({Error})")]
    private partial void LogSeedFailed(string account, string error);
}
