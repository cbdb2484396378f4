using Granary.Backtest.Execution;
using Granary.Backtest.Results;
using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Margin;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Risk;

namespace Granary.Backtest.Accounts;

/// <summary>One symbol of the simulated account: the venue's truth about its position, and what the engine tracks of its orders.</summary>
internal sealed class AccountSymbol(SymbolRules rules, LeverageBrackets brackets, int index, int volatilityMinutes)
{
    private const long FundingSoonMs = 3_600_000;

    private int _nextFunding;

    public SymbolRules Rules { get; } = rules;

    public LeverageBrackets Brackets { get; } = brackets;

    public int Index { get; } = index;

    public PositionLedger Ledger { get; } = new();

    public OrderTracker Tracker { get; } = new(rules.Symbol);

    public SimulatedVenue Venue { get; set; } = null!;

    /// <summary>Orders that are placed in parts; null where every order leaves as it is.</summary>
    public OrderPlacement? Placement { get; set; }

    /// <summary>Stops that rest at the venue; null where none do.</summary>
    public VenueStops? Stops { get; set; }

    /// <summary>Whether an order is on its way, resting, or being placed.</summary>
    public bool HasOrders => Venue.IsBusy || Placement is { IsBusy: true };

    /// <summary>What the gate is told of the market besides its prices; it says nothing where there are no volume bars.</summary>
    public MarketMeasures Measures { get; } = new(volatilityMinutes);

    /// <summary>Where the volume bars come from; null where nobody needs them.</summary>
    public SymbolPipeline? Pipeline { get; set; }

    public MarkoutTracker Markouts { get; } = new();

    public Thinned<PricePoint> Prices { get; } = new(4_096);

    public List<PricePoint> Days { get; } = [];

    public long LastPriceE8 { get; set; }

    public decimal LastPrice => Fixed8.ToDecimal(LastPriceE8);

    /// <summary>Trade intensity against the usual, for the gate; null before there is a usual.</summary>
    public double? IntensityShare =>
        Pipeline is { LastBar: { } last } bars ? Measures.IntensityShare(last, bars.OpenTradeCount, bars.LastTradeTimeMs) : null;

    /// <summary>Settlements by rising time.</summary>
    public IReadOnlyList<FundingRate> Funding { get; init; } = [];

    /// <summary>
    /// What a position of a side would pay at a settlement within the hour, a share of the notional, as the live gate is told it; what it would receive is no
    /// reason to enter. The rate is that of the settlement before: that of the next one is not known yet.
    /// </summary>
    public decimal FundingShare(OrderSide side, long nowMs)
    {
        while (_nextFunding < Funding.Count && Funding[_nextFunding].TimeMs <= nowMs) _nextFunding++;
        var isSoon = _nextFunding > 0 && _nextFunding < Funding.Count && Funding[_nextFunding].TimeMs - nowMs <= FundingSoonMs;
        return isSoon ? Math.Max(-FundingDue.Of((int)side, 1, Funding[_nextFunding - 1].Rate), 0) : 0;
    }

    /// <summary>Prices at or below, or at or above, which the account must be looked at.</summary>
    public long LiquidationLowE8 { get; set; } = long.MinValue;

    public long LiquidationHighE8 { get; set; } = long.MaxValue;

    public OpenRound? Round { get; set; }

    /// <summary>Fills of the position, for those who need to know whether it changed.</summary>
    public long Version { get; set; }

    /// <summary>What of the venue's position an order of a side can reduce, base units, 0 or more.</summary>
    public decimal HeldAgainst(OrderSide side) => Math.Max(-(int)side * Ledger.Quantity, 0);

    /// <summary>The position as the engine knows it: the truth, once its reports have come.</summary>
    public KnownPosition Known { get; set; } = KnownPosition.Flat;
}
