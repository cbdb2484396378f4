using Granary.Engine.Market;
using Granary.Exchange.Markets;
using Granary.Exchange.State;

namespace Granary.Exchange;

/// <summary>A listed symbol while the exchange runs: rules, scaled sizes, what was last published, and its durable counters.</summary>
public sealed class ListedSymbol
{
    internal ListedSymbol(int index, SymbolRules rules, ITradeHistory history)
    {
        Index = index;
        Rules = rules;
        TickE8 = Fixed8.FromDecimal(rules.TickSize);
        StepE8 = Fixed8.FromDecimal(rules.StepSize);
        History = history;
        State = new SymbolState(rules.Symbol);
    }

    /// <summary>Position in the exchange's list.</summary>
    public int Index { get; }

    /// <summary>What the venue demands of orders.</summary>
    public SymbolRules Rules { get; }

    /// <summary>Upper-case symbol.</summary>
    public string Name => Rules.Symbol;

    /// <summary>Tick, times 10^8.</summary>
    public long TickE8 { get; }

    /// <summary>Step, times 10^8.</summary>
    public long StepE8 { get; }

    /// <summary>Counters that survive a restart.</summary>
    public SymbolState State { get; }

    /// <summary>What was last published.</summary>
    public MarkPrice Mark { get; internal set; }

    /// <summary>What was last published.</summary>
    public BookTicker Ticker { get; internal set; }

    internal ITradeHistory History { get; set; }

    internal List<AggTrade> Unwritten { get; } = [];

    internal IVenue? Venue { get; set; }

    internal bool IsDirty { get; set; }

    /// <summary>The mark price, or the last price before the first mark; 0 when there is neither.</summary>
    internal decimal MarkOrLast => Mark.Mark != 0 ? Mark.Mark : Fixed8.ToDecimal(State.LastPriceE8);
}
