namespace Granary.Exchange.Protocol;

/// <summary>
/// Counts request weight per client address and orders per account in aligned windows of the protocol clock. Thread-safe. Remembers at most
/// <see cref="KeysMax"/> addresses and accounts; beyond that the whole memory of that kind is dropped, which only forgives.
/// </summary>
internal sealed class RequestLimiter(RestOptions options)
{
    private const int KeysMax = 4096;
    private const long MinuteMs = 60_000;
    private const long TenSecondsMs = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AddressState> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountState> _accounts = new(StringComparer.Ordinal);

    /// <summary>Charges the weight.</summary>
    /// <returns>Weight used in the running minute, seconds to wait (-1 when accepted), and the end of a ban (0 when there is none).</returns>
    public (int Used, int RetryAfterS, long BannedUntilMs) Charge(string address, int weight, long nowMs)
    {
        lock (_gate)
        {
            var state = Get(_addresses, address);
            if (state.BannedUntilMs > nowMs) return (state.Weight.Count, Seconds(state.BannedUntilMs - nowMs), state.BannedUntilMs);
            state.Weight.Roll(nowMs, MinuteMs);
            if (options.WeightPerMinuteMax == 0 || state.Weight.Count + weight <= options.WeightPerMinuteMax)
            {
                state.Weight.Count += weight;
                state.Refusals = 0;
                return (state.Weight.Count, -1, 0);
            }
            if (++state.Refusals < options.RefusalsBeforeBan) return (state.Weight.Count, Seconds(state.Weight.EndMs(MinuteMs) - nowMs), 0);
            state.Refusals = 0;
            state.BannedUntilMs = nowMs + (options.BanS * 1000L);
            return (state.Weight.Count, options.BanS, state.BannedUntilMs);
        }
    }

    /// <summary>Counts orders that are about to be placed; refused ones are not counted.</summary>
    /// <returns>Counts of the running windows, and the name of the window that is full (null when accepted).</returns>
    public (int Count10s, int Count1m, string? Full) CountOrders(string account, int orders, long nowMs)
    {
        lock (_gate)
        {
            var state = Get(_accounts, account);
            state.TenSeconds.Roll(nowMs, TenSecondsMs);
            state.Minute.Roll(nowMs, MinuteMs);
            string? full = null;
            if (options.OrdersPer10sMax > 0 && state.TenSeconds.Count + orders > options.OrdersPer10sMax) full = "10 SECOND";
            else if (options.OrdersPerMinuteMax > 0 && state.Minute.Count + orders > options.OrdersPerMinuteMax) full = "1 MINUTE";
            if (full is null)
            {
                state.TenSeconds.Count += orders;
                state.Minute.Count += orders;
            }
            return (state.TenSeconds.Count, state.Minute.Count, full);
        }
    }

    private static T Get<T>(Dictionary<string, T> states, string key)
        where T : new()
    {
        if (states.TryGetValue(key, out var state)) return state;
        if (states.Count == KeysMax) states.Clear();
        return states[key] = new T();
    }

    private static int Seconds(long ms) => (int)Math.Max(1, (ms + 999) / 1000);

    private struct Window
    {
        public int Count;
        private long _index;

        public void Roll(long nowMs, long lengthMs)
        {
            if (_index == nowMs / lengthMs) return;
            _index = nowMs / lengthMs;
            Count = 0;
        }

        public readonly long EndMs(long lengthMs) => (_index + 1) * lengthMs;
    }

    private sealed class AddressState
    {
        public Window Weight;
        public int Refusals;
        public long BannedUntilMs;
    }

    private sealed class AccountState
    {
        public Window TenSeconds;
        public Window Minute;
    }
}
