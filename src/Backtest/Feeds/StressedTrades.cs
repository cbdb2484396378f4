using Granary.Backtest.Validation;
using Granary.Engine.Market;

namespace Granary.Backtest.Feeds;

/// <summary>Trades with a disaster in them, prices on the tick.</summary>
internal sealed class StressedTrades(ITradeBlocks blocks, StressPath path, long tickE8) : ITradeBlocks
{
    private AggTrade[] _made = [];

    public bool TryRead(out ReadOnlySpan<AggTrade> trades)
    {
        while (blocks.TryRead(out var block))
        {
            if (_made.Length < block.Length) _made = new AggTrade[block.Length];
            var count = 0;
            foreach (ref readonly var trade in block)
            {
                if (path.Drops(trade.TimeMs)) continue;
                var factor = path.Factor(trade.TimeMs, trade.IsBuyerMaker ? -1 : 1);
                _made[count++] = factor == 1 ? trade : trade with { PriceE8 = Math.Max((long)Math.Round(trade.PriceE8 * factor / tickE8), 1) * tickE8 };
            }
            if (count == 0) continue;
            trades = _made.AsSpan(0, count);
            return true;
        }
        trades = [];
        return false;
    }

    public void Dispose() => blocks.Dispose();
}
