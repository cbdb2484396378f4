namespace Granary.Venues.Binance;

/// <summary>
/// Request weight of the running clock minute, as this client counts it and as the venue reports it (X-MBX-USED-WEIGHT-1M, which includes whatever else
/// uses the same address). Queries of an account may use all but the reserve, those of markets leave the accounts' share as well, those for history a
/// quarter of what is left then, orders leave half of the reserve, cancels and reductions nothing; nobody sends while the venue's rate limit stands.
/// </summary>
internal sealed class WeightBudget(int weightPerMinute, int reserve, TimeProvider time, double accountShare = 0)
{
    private const long MinuteMs = 60_000;
    private const double HistoryShare = 0.75;
    private readonly Lock _gate = new();
    private int _limit = int.MaxValue;
    private long _minute;
    private int _used;
    private long _blockedUntilMs;

    /// <summary>Weight used in the running minute.</summary>
    public int Used
    {
        get
        {
            lock (_gate)
            {
                Roll();
                return _used;
            }
        }
    }

    /// <summary>Weight of a minute: the configured one, or the venue's own where that is smaller.</summary>
    public int Limit
    {
        get
        {
            lock (_gate) return Math.Min(weightPerMinute, _limit);
        }
    }

    /// <summary>How long the running minute lasts, above 0.</summary>
    public TimeSpan WindowLeft
    {
        get
        {
            lock (_gate) return TimeSpan.FromMilliseconds(MinuteMs - (Roll() % MinuteMs));
        }
    }

    /// <summary>Takes weight for a request.</summary>
    /// <param name="weight">What the request costs.</param>
    /// <param name="priority">Who may use the reserve, and how much of it. A request that costs nothing is only stopped by the venue's own word.</param>
    /// <param name="wait">When refused: how long until it is worth trying again, above 0.</param>
    public bool TryTake(int weight, CallPriority priority, out TimeSpan wait)
    {
        lock (_gate)
        {
            var nowMs = Roll();
            if (nowMs < _blockedUntilMs)
            {
                wait = TimeSpan.FromMilliseconds(_blockedUntilMs - nowMs);
                return false;
            }
            var whole = Math.Min(weightPerMinute, _limit);
            var limit = priority switch
            {
                CallPriority.Reduction => whole,
                CallPriority.Order => Math.Max(0, whole - (reserve / 2)),
                CallPriority.AccountQuery => Math.Max(0, whole - reserve),
                // Trades that are fetched after an outage must not take everything from the comparison of books and venue.
                CallPriority.MarketQuery => (int)(Math.Max(0, whole - reserve) * (1 - accountShare)),
                _ => (int)(Math.Max(0, whole - reserve) * (1 - accountShare) * HistoryShare),
            };
            // One request dearer than the whole budget still passes on an untouched minute, or it never would.
            if (weight > 0 && _used + weight > limit && _used > 0)
            {
                wait = TimeSpan.FromMilliseconds(MinuteMs - (nowMs % MinuteMs));
                return false;
            }
            _used += weight;
            wait = TimeSpan.Zero;
            return true;
        }
    }

    /// <summary>Takes the venue's count over where it is higher than ours.</summary>
    /// <param name="used">The header's value; below 0 when absent.</param>
    /// <param name="sentAtMs">When the request was sent; an answer to a request of an earlier minute says nothing about this one.</param>
    public void Observe(int used, long sentAtMs)
    {
        lock (_gate)
        {
            Roll();
            if (sentAtMs / MinuteMs == _minute && used > _used) _used = used;
        }
    }

    /// <summary>Stops every request after a 429 or 418.</summary>
    /// <param name="retryAfterS">The Retry-After header in seconds; below 0 when absent: then to the end of the minute, or two minutes for a ban.</param>
    /// <param name="isBan">418.</param>
    public TimeSpan Block(int retryAfterS, bool isBan)
    {
        lock (_gate)
        {
            var nowMs = Roll();
            var waitMs = retryAfterS >= 0 ? Math.Max(retryAfterS, 1) * 1000L : isBan ? 2 * MinuteMs : MinuteMs - (nowMs % MinuteMs);
            _blockedUntilMs = Math.Max(_blockedUntilMs, nowMs + waitMs);
            return TimeSpan.FromMilliseconds(_blockedUntilMs - nowMs);
        }
    }

    /// <summary>Lowers the budget to the venue's own limit where that is smaller.</summary>
    public void LimitTo(int venueLimit)
    {
        lock (_gate) _limit = Math.Max(1, venueLimit);
    }

    private long Roll()
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var minute = nowMs / MinuteMs;
        if (minute != _minute)
        {
            _minute = minute;
            _used = 0;
        }
        return nowMs;
    }
}
