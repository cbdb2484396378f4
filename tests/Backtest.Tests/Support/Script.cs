using Granary.Backtest.Strategies;
using Granary.Engine.Market;

namespace Granary.Backtest.Tests.Support;

/// <summary>Does what it is told at given candles or trades.</summary>
internal sealed class Script(Action<StrategyContext, int>? onCandle = null, Action<StrategyContext, int>? onTrade = null) : TradingStrategy
{
    private int _candles;
    private int _trades;

    public override string Name => "script";

    public override bool WatchesTrades => onTrade is not null;

    public List<decimal> Positions { get; } = [];

    public override void OnCandle(StrategyContext context, in Kline candle) => onCandle?.Invoke(context, _candles++);

    public override void OnTrade(StrategyContext context, in AggTrade trade) => onTrade?.Invoke(context, _trades++);

    public override void OnPosition(StrategyContext context) => Positions.Add(context.Position.Quantity);
}
