namespace Granary.Exchange.Protocol;

/// <summary>What happens when a session's queue is full of frames that may not be dropped.</summary>
public enum StreamOverflow
{
    /// <summary>The session is closed, as the venue does to a slow reader. For live pace.</summary>
    Close,

    /// <summary>The market waits for room (<see cref="StreamProtocol.WaitForRoomAsync"/>). For runs faster than the wall clock.</summary>
    Wait,
}
