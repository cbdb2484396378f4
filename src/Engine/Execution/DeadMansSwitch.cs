namespace Granary.Engine.Execution;

/// <summary>
/// When to tell a venue to cancel everything unless it hears again. Armed while orders of ours rest in a symbol, refreshed well within its time, disarmed when
/// none rests any more. A request that was not taken is repeated at the shorter interval; until then the switch counts as it stood before.
/// </summary>
public sealed class DeadMansSwitch
{
    private readonly long _timeoutMs;
    private readonly long _refreshMs;
    private readonly long _retryMs;
    private bool _mayBeArmed;
    private long _nextMs;

    /// <summary>Makes a switch that is not armed.</summary>
    /// <param name="timeoutMs">After which silence the venue cancels, milliseconds; above <paramref name="refreshMs"/>.</param>
    /// <param name="refreshMs">Time between two refreshes, milliseconds; above 0.</param>
    /// <param name="retryMs">Time until a request that was not taken is repeated, milliseconds; 1 to <paramref name="refreshMs"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public DeadMansSwitch(long timeoutMs, long refreshMs, long retryMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(refreshMs);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeoutMs, refreshMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(retryMs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(retryMs, refreshMs);
        (_timeoutMs, _refreshMs, _retryMs) = (timeoutMs, refreshMs, retryMs);
    }

    /// <summary>The venue may cancel at this time, milliseconds since the Unix epoch, UTC; null while it is certainly not armed.</summary>
    public long? FiresAtMs { get; private set; }

    /// <summary>Whether there is something left to send, now or later.</summary>
    /// <param name="rests">Whether orders of ours rest.</param>
    public bool IsNeeded(bool rests) => rests || _mayBeArmed;

    /// <summary>What to send now.</summary>
    /// <param name="rests">Whether orders of ours rest.</param>
    /// <param name="nowMs">Milliseconds since the Unix epoch, UTC.</param>
    /// <returns>The countdown to send in milliseconds, 0 to disarm, or null for nothing.</returns>
    public long? Next(bool rests, long nowMs)
    {
        if (!rests) return _mayBeArmed && (nowMs >= _nextMs || FiresAtMs is not null) ? 0 : null;
        return !_mayBeArmed || nowMs >= _nextMs ? _timeoutMs : null;
    }

    /// <summary>Takes the outcome of a request.</summary>
    /// <param name="countdownMs">What was sent.</param>
    /// <param name="isTaken">Whether the venue took it for certain; a lost answer is not that.</param>
    /// <param name="sentMs">When it was sent, milliseconds since the Unix epoch, UTC.</param>
    public void OnAnswer(long countdownMs, bool isTaken, long sentMs)
    {
        _nextMs = sentMs + (isTaken ? _refreshMs : _retryMs);
        if (countdownMs == 0 && isTaken)
        {
            (_mayBeArmed, FiresAtMs, _nextMs) = (false, null, 0);
            return;
        }

        // A lost answer may have armed it.
        _mayBeArmed = true;
        if (countdownMs == 0) FiresAtMs = null;
        else if (isTaken) FiresAtMs = sentMs + countdownMs;
    }
}
