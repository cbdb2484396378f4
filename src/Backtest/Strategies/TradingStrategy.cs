using Granary.Engine.Features;
using Granary.Engine.Market;

namespace Granary.Backtest.Strategies;

/// <summary>What decides in a backtest. One instance a symbol and a run; it sees events in their order and asks the account's gate for orders.</summary>
public abstract class TradingStrategy
{
    /// <summary>Its name, in which orders and statistics stand: characters of [.A-Za-z0-9:_-], at most 18.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it needs volume bars with features.</summary>
    public virtual bool NeedsBars => false;

    /// <summary>Whether it wants every trade just now, for example because it guards a position.</summary>
    public virtual bool WatchesTrades => false;

    /// <summary>Time between two calls of <see cref="OnTimer"/>, milliseconds; 0, the default, for none.</summary>
    public virtual long TimerMs => 0;

    /// <summary>A volume bar has closed.</summary>
    public virtual void OnBar(StrategyContext context, FeatureBar bar)
    {
    }

    /// <summary>A recorded candle has closed.</summary>
    public virtual void OnCandle(StrategyContext context, in Kline candle)
    {
    }

    /// <summary>A trade that passed cleaning, while <see cref="WatchesTrades"/>.</summary>
    public virtual void OnTrade(StrategyContext context, in AggTrade trade)
    {
    }

    /// <summary>Reports of fills have come: <see cref="StrategyContext.Position"/> is new.</summary>
    public virtual void OnPosition(StrategyContext context)
    {
    }

    /// <summary>The timer has run out; only over a recorded book.</summary>
    public virtual void OnTimer(StrategyContext context)
    {
    }
}
