using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange;

/// <summary>
/// Events of the running operation, in order, until its effects are durable. Bounded by what one operation can cause.
/// </summary>
internal sealed class PendingEvents
{
    private readonly List<Entry> _entries = [];

    private enum Kind : byte
    {
        Nothing,
        Trade,
        Ticker,
        Mark,
        Depth,
        Order,
        Conditional,
        Account,
        MarginCall,
        Settings,
    }

    public int ReserveTrade()
    {
        _entries.Add(default);
        return _entries.Count - 1;
    }

    public void Trade(int place, string symbol, in AggTrade trade)
    {
        if (place < 0) place = ReserveTrade();
        _entries[place] = new Entry { Kind = Kind.Trade, Name = symbol, Trade = trade };
    }

    public void Ticker(string symbol, in BookTicker ticker) => _entries.Add(new Entry { Kind = Kind.Ticker, Name = symbol, Ticker = ticker });

    public void Mark(string symbol, in MarkPrice mark) => _entries.Add(new Entry { Kind = Kind.Mark, Name = symbol, Mark = mark });

    public void Depth(string symbol, DepthDiff diff) => _entries.Add(new Entry { Kind = Kind.Depth, Name = symbol, Payload = diff });

    public void Order(string account, ExecutionEvent execution) => _entries.Add(new Entry { Kind = Kind.Order, Name = account, Payload = execution });

    public void Conditional(string account, ConditionalOrder order) => _entries.Add(new Entry { Kind = Kind.Conditional, Name = account, Payload = order });

    public void Account(string account, AccountEvent change) => _entries.Add(new Entry { Kind = Kind.Account, Name = account, Payload = change });

    public void MarginCall(string account, MarginCall call) => _entries.Add(new Entry { Kind = Kind.MarginCall, Name = account, Payload = call });

    public void Settings(string account, MarginSettings settings) =>
        _entries.Add(new Entry { Kind = Kind.Settings, Name = account, Payload = settings });

    public void Clear() => _entries.Clear();

    public void PublishTo(IExchangeEvents events)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            switch (entry.Kind)
            {
                case Kind.Trade: events.OnAggTrade(entry.Name, in entry.Trade); break;
                case Kind.Ticker: events.OnBookTicker(entry.Name, in entry.Ticker); break;
                case Kind.Mark: events.OnMarkPrice(entry.Name, in entry.Mark); break;
                case Kind.Depth: events.OnDepth(entry.Name, (DepthDiff)entry.Payload!); break;
                case Kind.Order: events.OnOrder(entry.Name, (ExecutionEvent)entry.Payload!); break;
                case Kind.Conditional: events.OnConditional(entry.Name, (ConditionalOrder)entry.Payload!); break;
                case Kind.Account: events.OnAccount(entry.Name, (AccountEvent)entry.Payload!); break;
                case Kind.MarginCall: events.OnMarginCall(entry.Name, (MarginCall)entry.Payload!); break;
                case Kind.Settings: events.OnSettings(entry.Name, (MarginSettings)entry.Payload!); break;
                default: break;
            }
        }
        _entries.Clear();
    }

    private struct Entry
    {
        public Kind Kind;
        public string Name;
        public AggTrade Trade;
        public BookTicker Ticker;
        public MarkPrice Mark;
        public object? Payload;
    }
}
