namespace Granary.Tape;

/// <summary>One message of a capture.</summary>
/// <param name="ReceivedNs">When the recorder received it, by its own clock, nanoseconds since the Unix epoch, UTC. That clock may run ahead or behind.</param>
/// <param name="Stream">Stream name as captured, for example btcusdt@depth@0ms; empty for a REST answer.</param>
/// <param name="Data">The message's JSON (the combined form's <c>data</c>, or the whole REST answer); stays valid.</param>
public readonly record struct CaptureFrame(long ReceivedNs, string Stream, ReadOnlyMemory<byte> Data)
{
    /// <summary>What the message is.</summary>
    public CaptureKind Kind { get; init; }

    /// <summary>The file it stands in.</summary>
    public string File { get; init; } = "";

    /// <summary>Its line in the file, from 1.</summary>
    public long Line { get; init; }
}
