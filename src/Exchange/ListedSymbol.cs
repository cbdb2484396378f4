using Granary.Engine.Market;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.State;

namespace Granary.Exchange;

/// <summary>A listed symbol while the exchange runs: rules, scaled sizes, what was last published, and its durable counters.</summary>
public sealed class ListedSymbol
{
    private const int FundingsMax = 1000;

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

    /// <summary>Funding times that have passed, newest last.</summary>
    internal BoundedList<FundingRecord> Fundings { get; } = new(FundingsMax);

    /// <summary>Funding times that have passed and are not charged yet.</summary>
    internal List<FundingRecord> FundingsDue { get; } = [];

    /// <summary>Whether the mark has been published since positions were last held against it.</summary>
    internal bool IsMarkNew { get; set; }

    internal long FundingIntervalMs { get; set; }

    /// <summary>What was last published.</summary>
    public BookTicker Ticker { get; internal set; }

    internal ITradeHistory History { get; set; }

    /// <summary>Printed trades that the history does not hold yet.</summary>
    internal List<AggTrade> Unwritten { get; } = [];

    /// <summary>Places of resting orders in a recorded queue, by order id; durable together with the symbol's cursor.</summary>
    internal SortedDictionary<long, QueuePlace> Places { get; } = [];

    /// <summary>Whether the log holds what is printed; a recorded market's tape holds it already.</summary>
    internal bool LogsTrades { get; set; }

    internal IVenue? Venue { get; set; }

    internal bool IsDirty { get; set; }

    /// <summary>Takes a new mark: funding times that it has passed become due at it, with the rate that was announced for them.</summary>
    internal void TakeMark(in MarkPrice mark)
    {
        var before = State.NextFundingMs;
        if (before == 0) State.NextFundingMs = mark.NextFundingTimeMs;
        var announced = Mark.Mark != 0 ? Mark.FundingRate : mark.FundingRate;
        while (State.NextFundingMs != 0 && mark.TimeMs >= State.NextFundingMs)
        {
            FundingsDue.Add(new FundingRecord(Name, announced, State.NextFundingMs, mark.Mark));
            State.NextFundingMs += FundingIntervalMs;
        }
        // A recorded market may begin again before a time that is settled.
        var settledMs = Fundings.Count == 0 ? 0 : Fundings[Fundings.Count - 1].TimeMs;
        if (mark.NextFundingTimeMs > Math.Max(mark.TimeMs, settledMs)) State.NextFundingMs = mark.NextFundingTimeMs;

        // A restart after that time must find it due.
        if (State.NextFundingMs != before) IsDirty = true;
        Mark = mark;
        IsMarkNew = true;
    }

    /// <summary>The mark price, or the last price before the first mark; 0 when there is neither.</summary>
    internal decimal MarkOrLast => Mark.Mark != 0 ? Mark.Mark : Fixed8.ToDecimal(State.LastPriceE8);
}
