namespace Granary.ExchangeBenchmarks;

/// <summary>A clock that stands at the market's time.</summary>
internal sealed class VirtualTime : TimeProvider
{
    public long NowMs { get; set; }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
}
