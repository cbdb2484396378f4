using Granary.Exchange.Markets;

namespace Granary.Exchange;

/// <content>Requests under way: the market goes on while they travel.</content>
public sealed partial class ExchangeCore
{
    private readonly LatencyModel? _latency;

    /// <summary>The driver's time of the newest step that it made, and the market clock after it: what callers have seen.</summary>
    private (long DriverMs, long MarketMs)? _seen;

    /// <summary>Lets a request travel, act and be answered. Requests decided on the same event travel side by side.</summary>
    private T Send<T>(Func<T> request)
    {
        lock (_gate)
        {
            if (_latency is null || _broken is not null) return request();
            var times = _latency.Next();
            _seen ??= (_market.NextTimeMs() ?? _host.MarketTimeMs, _host.MarketTimeMs);
            var delayMs = times.FeedMs + times.EntryMs;
            GoOn(delayMs);
            try
            {
                return request();
            }
            finally
            {
                if (_broken is null) GoOn(delayMs + times.ResponseMs);
            }
        }
    }

    /// <summary>Lets everything happen up to a time after what callers have seen.</summary>
    private void GoOn(long delayMs)
    {
        var (driverMs, marketMs) = _seen!.Value;
        while (_market.NextTimeMs() is { } nextMs && nextMs <= driverMs + delayMs) StepMarket();
        if (!_market.IsFinished) _host.AdvanceTo(marketMs + delayMs);
    }

    /// <summary>A step of the driver: callers see it.</summary>
    private void StepSeen()
    {
        var driverMs = _market.NextTimeMs();
        StepMarket();
        if (driverMs is { } ms) _seen = (ms, _host.MarketTimeMs);
    }
}
