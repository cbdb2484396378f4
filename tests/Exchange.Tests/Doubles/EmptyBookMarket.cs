using Granary.Engine.Market;
using Granary.Exchange.Markets;

namespace Granary.Exchange.Tests.Doubles;

/// <summary>Real order books without a background: only accounts trade. The mark stands still.</summary>
internal sealed class EmptyBookMarket(decimal mark) : IMarket
{
    public string Kind => "empty";

    public bool IsFinished => false;

    public string? Error => null;

    public void Open(IMarketHost host)
    {
        host.AdvanceTo(1_000_000);
        foreach (var symbol in host.Symbols)
        {
            host.SetVenue(symbol, new BookVenue(host, symbol, 0));
            host.PublishMark(symbol, new MarkPrice(1_000_000, mark, mark, 0.0001m, 28_800_000));
        }
    }

    public void Start()
    {
    }

    public long? NextTimeMs() => null;

    public void Step()
    {
    }
}
