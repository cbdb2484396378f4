namespace Granary.Exchange.Protocol;

/// <summary>How the stream protocol behaves, and its bounds.</summary>
public sealed record StreamOptions
{
    /// <summary>What happens when a session's queue is full. Default Close.</summary>
    public StreamOverflow Overflow { get; init; } = StreamOverflow.Close;

    /// <summary>
    /// Unread frames at which a session's queue is full. Count, 16 or more. With <see cref="StreamOverflow.Wait"/> the queue may run past this by what one
    /// step of the market or one request emits, and the session is closed at four times this. Default 8192.
    /// </summary>
    public int QueueFramesMax { get; init; } = 8192;

    /// <summary>
    /// Unread frames above which a newer quote, mark price or partial book replaces the unread older one of its stream. Count, 0 or more, below
    /// <see cref="QueueFramesMax"/>. Default 64.
    /// </summary>
    public int ConflateAboveFrames { get; init; } = 64;

    /// <summary>Open sessions allowed; more are refused with 429. Count, 1 or more. Default 512.</summary>
    public int SessionsMax { get; init; } = 512;

    /// <summary>
    /// New connections of a client address in five minutes of the protocol clock; more are refused with 429. Count; 0 switches the limit off. Sessions
    /// opened without an address, in the same process, are not counted. Default 300.
    /// </summary>
    public int ConnectionsPer5MinutesMax { get; init; } = 300;

    /// <summary>Streams of one session; a SUBSCRIBE beyond is refused whole. Count, 1 or more. Default 1024.</summary>
    public int StreamsPerSessionMax { get; init; } = 1024;

    /// <summary>
    /// Messages a client may send per second of the protocol clock; above it the session is closed. Count; 0 switches the limit off. Default 10.
    /// </summary>
    public int ClientMessagesPerSMax { get; init; } = 10;

    /// <summary>Largest message of a client; a longer one closes the session. Bytes. Default 65,536.</summary>
    public int ClientMessageBytesMax { get; init; } = 65_536;

    /// <summary>Age on the protocol clock at which a session is closed. Hours; 0 switches it off. Default 24.</summary>
    public int SessionHoursMax { get; init; } = 24;

    /// <summary>Whether the roots /ws and /stream, retired by the venue, are served beside /public, /market and /private. Default false.</summary>
    public bool AcceptsLegacyPaths { get; init; }

    /// <summary>File of a fault script, in force from the start; null (default) for none. POST /granary/faults adds to it.</summary>
    public string? FaultScriptPath { get; init; }

    /// <summary>Seed of the faults' chances where the script names none. Default 1; any.</summary>
    public ulong FaultSeed { get; init; } = 1;

    /// <summary>Whether CONDITIONAL_ORDER_TRIGGER_REJECT, which the venue stopped on 2025-12-15, is sent beside ALGO_UPDATE. Default false.</summary>
    public bool SendsTriggerReject { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; it is named.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueFramesMax, 16);
        ArgumentOutOfRangeException.ThrowIfNegative(ConflateAboveFrames);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ConflateAboveFrames, QueueFramesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(SessionsMax, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ConnectionsPer5MinutesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(StreamsPerSessionMax, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ClientMessagesPerSMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(ClientMessageBytesMax, 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(SessionHoursMax);
    }
}
