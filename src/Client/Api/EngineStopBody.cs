namespace Granary.Client.Api;

/// <summary>The stop of the whole engine.</summary>
public sealed record EngineStopBody
{
    /// <summary>None, ReduceOnly, Halt or Flatten.</summary>
    public string Action { get; init; } = "";

    /// <summary>Who.</summary>
    public string Who { get; init; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When, milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; init; }
}
