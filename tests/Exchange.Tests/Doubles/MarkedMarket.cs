using Granary.Engine.Market;
using Granary.Exchange.Markets;

namespace Granary.Exchange.Tests.Doubles;

/// <summary>Real order books without a background; each step publishes the marks that the test has put in line.</summary>
internal sealed class MarkedMarket(decimal mark, long startMs = MarkedMarket.StartMs, int fundingHours = 8) : IMarket
{
    public const long StartMs = 1_700_006_400_000;

    private readonly Queue<(string Symbol, decimal Mark, long TimeMs, decimal Rate)> _marks = new();
    private IMarketHost? _host;

    public string Kind => "marked";

    public bool IsFinished => false;

    public string? Error => null;

    public long TimeMs { get; private set; } = startMs;

    public void Open(IMarketHost host)
    {
        _host = host;
        host.AdvanceTo(TimeMs);
        foreach (var symbol in host.Symbols)
        {
            host.SetVenue(symbol, new BookVenue(host, symbol, 0));
            Publish(symbol.Name, mark, TimeMs, 0.0001m);
        }
    }

    public void Start()
    {
    }

    public long? NextTimeMs() => _marks.TryPeek(out var next) ? next.TimeMs : null;

    public void Step()
    {
        if (!_marks.TryDequeue(out var next)) return;
        _host!.AdvanceTo(next.TimeMs);
        Publish(next.Symbol, next.Mark, next.TimeMs, next.Rate);
    }

    /// <summary>Moves a mark, and the clock.</summary>
    public void Move(ExchangeCore exchange, string symbol, decimal mark, long afterMs = 1000, decimal rate = 0.0001m)
    {
        TimeMs += afterMs;
        _marks.Enqueue((symbol, mark, TimeMs, rate));
        exchange.Driver.Step();
    }

    private void Publish(string name, decimal price, long timeMs, decimal rate) => _host!.PublishMark(
        _host.Symbols.Single(s => s.Name == name), new MarkPrice(timeMs, price, price, rate, Funding.NextTimeMs(timeMs, fundingHours)));
}
