using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Backtest.Strategies;

/// <summary>
/// Renews a resting order on each side of the middle at fixed times, shifted against its position: a plain market maker over a recorded book. Needs a run
/// without the gate, which allows one order in flight.
/// </summary>
/// <param name="quantity">Base units of each order.</param>
/// <param name="ticks">Distance from the middle, ticks.</param>
/// <param name="positionMax">Position up to which it quotes the side that increases it, base units.</param>
/// <param name="everyMs">Time between renewals, milliseconds.</param>
public sealed class QuoteMaker(decimal quantity, int ticks, decimal positionMax, long everyMs = 100) : TradingStrategy
{
    private const int SkewTicks = 10;

    private string? _bid;
    private string? _ask;

    /// <inheritdoc/>
    public override string Name => "quote";

    /// <inheritdoc/>
    public override long TimerMs => everyMs;

    /// <summary>Orders sent.</summary>
    public int Orders { get; private set; }

    /// <inheritdoc/>
    public override void OnTimer(StrategyContext context)
    {
        if (_bid is not null) context.Cancel(_bid);
        if (_ask is not null) context.Cancel(_ask);
        (_bid, _ask) = (null, null);
        var middleE8 = context.Book!.MidE8;
        if (middleE8 == 0) return;
        var tick = context.Rules.TickSize;
        var position = context.Position.Quantity;
        var fair = decimal.Round(((middleE8 / (decimal)Fixed8.One) - (position * SkewTicks * tick)) / tick);
        if (position < positionMax) _bid = Send(context, OrderSide.Buy, (fair - ticks) * tick);
        if (position > -positionMax) _ask = Send(context, OrderSide.Sell, (fair + ticks) * tick);
    }

    private string? Send(StrategyContext context, OrderSide side, decimal price)
    {
        Orders++;
        return context.Rest(Name, ProposalKind.Entry, side, price, quantity, "Quote");
    }
}
