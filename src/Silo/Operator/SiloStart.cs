namespace Granary.Silo.Operator;

/// <summary>When this silo was put together.</summary>
/// <param name="time">The silo's clock.</param>
public sealed class SiloStart(TimeProvider time)
{
    /// <summary>Milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; } = time.GetUtcNow().ToUnixTimeMilliseconds();
}
