namespace Granary.Exchange.Protocol;

/// <summary>
/// Counts new connections per client address in aligned windows of five minutes of the protocol clock. Not thread-safe. Remembers at most
/// <see cref="AddressesMax"/> addresses; beyond that all are forgotten, which only forgives.
/// </summary>
/// <param name="connectionsMax">Connections of an address and window; 0 switches the limit off.</param>
internal sealed class ConnectionLimiter(int connectionsMax)
{
    private const int AddressesMax = 4096;
    private const long WindowMs = 300_000;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private long _window = -1;

    /// <summary>Counts a connection; refused ones are not counted.</summary>
    /// <returns>False when the address has used up its window.</returns>
    public bool TryCount(string address, long nowMs)
    {
        if (connectionsMax == 0) return true;
        if (_window != nowMs / WindowMs)
        {
            _window = nowMs / WindowMs;
            _counts.Clear();
        }
        var count = _counts.GetValueOrDefault(address);
        if (count >= connectionsMax) return false;
        if (count == 0 && _counts.Count == AddressesMax) _counts.Clear();
        _counts[address] = count + 1;
        return true;
    }

    /// <summary>Seconds until the window ends; 1 or more.</summary>
    public static int RetryAfterS(long nowMs) => (int)((WindowMs - (nowMs % WindowMs) + 999) / 1000);
}
