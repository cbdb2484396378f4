namespace Granary.Engine.Supervision;

/// <summary>
/// Whether one stream is silent or its market quiet. A stream that speaks whatever the market does is silent when its time is over. For the others the venue is
/// asked what they should have told: only what it has and the stream has not brought makes it silent. A market found quiet is asked about again when it
/// has been quiet for twice as long, a minute at most.
/// </summary>
/// <param name="silentMs">Time without an event after which a stream is suspected, milliseconds; above 0.</param>
/// <param name="isSteady">Whether it speaks whatever the market does.</param>
/// <param name="retryMs">Time between two subscriptions of a stream that stays silent, milliseconds; above 0.</param>
public sealed class StreamLiveness(long silentMs, bool isSteady, long retryMs)
{
    /// <summary>Longest time between two questions about a quiet market, milliseconds.</summary>
    public const long AskMsMax = 60_000;

    private long _count;
    private long _heardMs = long.MinValue;
    private long _actedMs;
    private long _askAfterMs;
    private bool _isMissing;

    /// <summary>Whether it is silent.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>When it was last heard, or excused, milliseconds; <see cref="long.MinValue"/> before the first look.</summary>
    public long HeardMs => _heardMs;

    /// <summary>Looks at the stream.</summary>
    /// <param name="nowMs">The time, milliseconds, not before that of the look before.</param>
    /// <param name="count">Events since the start.</param>
    /// <param name="isExcused">Whether nothing can come: no connection, or we do not read. A silent stream stays so until it is heard.</param>
    public StreamAction Look(long nowMs, long count, bool isExcused)
    {
        if (count != _count)
        {
            (_count, _heardMs, _askAfterMs, _isMissing) = (count, nowMs, silentMs, false);
            if (!IsSilent) return StreamAction.None;
            IsSilent = false;
            return StreamAction.Heard;
        }

        if (isExcused || _heardMs == long.MinValue)
        {
            if (!IsSilent || _heardMs == long.MinValue) (_heardMs, _askAfterMs, _isMissing) = (nowMs, silentMs, false);
            return StreamAction.None;
        }

        if (IsSilent)
        {
            if (nowMs - _actedMs < retryMs) return StreamAction.None;
            _actedMs = nowMs;
            return StreamAction.StillSilent;
        }

        var quietMs = nowMs - _heardMs;
        if (_isMissing || (isSteady && quietMs >= silentMs))
        {
            (IsSilent, _isMissing, _actedMs) = (true, false, nowMs);
            return StreamAction.Silent;
        }

        return !isSteady && quietMs >= _askAfterMs ? StreamAction.Ask : StreamAction.None;
    }

    /// <summary>What the venue said. The next look acts on it, so that an event under way has the time of one look to arrive.</summary>
    /// <param name="nowMs">The time, milliseconds.</param>
    /// <param name="countWhenAsked">Events since the start when the venue was asked.</param>
    /// <param name="isMissing">Whether it has something that the stream had not brought when it was asked.</param>
    public void Answer(long nowMs, long countWhenAsked, bool isMissing)
    {
        // Heard meanwhile, so what is missing may be on its way too.
        if (countWhenAsked != _count || IsSilent) return;
        _isMissing = isMissing;
        var quietMs = nowMs - _heardMs;
        _askAfterMs = quietMs + Math.Clamp(quietMs, silentMs, AskMsMax);
    }
}
