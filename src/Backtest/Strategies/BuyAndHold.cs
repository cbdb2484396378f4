using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Backtest.Strategies;

/// <summary>Buys at the first opportunity and holds.</summary>
/// <param name="quantity">Base units.</param>
public sealed class BuyAndHold(decimal quantity) : TradingStrategy
{
    private bool _isBought;

    /// <inheritdoc/>
    public override string Name => "hold";

    /// <inheritdoc/>
    public override bool NeedsBars => true;

    /// <inheritdoc/>
    public override void OnBar(StrategyContext context, FeatureBar bar) => Buy(context);

    /// <inheritdoc/>
    public override void OnCandle(StrategyContext context, in Kline candle) => Buy(context);

    private void Buy(StrategyContext context)
    {
        if (_isBought) return;
        _isBought = context.Enter(Name, OrderSide.Buy, quantity, "Hold") is not null;
    }
}
