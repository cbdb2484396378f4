using Granary.Tape;

namespace Granary.Exchange.Markets;

/// <summary>Makes the market that the options name.</summary>
public static class MarketFactory
{
    /// <summary>A market for <see cref="ExchangeOptions.Market"/>.</summary>
    public static IMarket Create(ExchangeOptions options) => options.Market switch
    {
        MarketKind.Synthetic => new SyntheticMarket(),
        MarketKind.Replay => new ReplayMarket(path => AggTradeTape.Read(path), e => e is TapeException),
        MarketKind.Capture => new CaptureMarket(),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Market, "no such market"),
    };
}
