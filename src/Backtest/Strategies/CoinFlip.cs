using Granary.Engine.Features;
using Granary.Engine.Orders;

namespace Granary.Backtest.Strategies;

/// <summary>
/// Enters at random bars on a random side and leaves a fixed number of bars later: a strategy without skill, which must lose what trading costs.
/// </summary>
/// <param name="seed">Seed of its choices.</param>
/// <param name="quantity">Base units of each entry.</param>
/// <param name="everyBars">An entry in so many bars on average, 1 or more.</param>
/// <param name="holdBars">Bars that it is held, 1 or more.</param>
public sealed class CoinFlip(int seed, decimal quantity, int everyBars = 10, int holdBars = 5) : TradingStrategy
{
    private readonly Random _random = new(seed);
    private int _held;

    /// <inheritdoc/>
    public override string Name => "coin";

    /// <inheritdoc/>
    public override bool NeedsBars => true;

    /// <inheritdoc/>
    public override void OnBar(StrategyContext context, FeatureBar bar)
    {
        if (context.Position.Quantity != 0)
        {
            if (++_held >= holdBars) context.Leave(Name, "Time");
            return;
        }
        if (context.HasOrders || _random.Next(everyBars) != 0) return;
        _held = 0;
        context.Enter(Name, _random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell, quantity, "Coin");
    }
}
