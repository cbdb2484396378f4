using Granary.Backtest.Feeds;
using Granary.Engine.Market;

namespace Granary.Backtest.Runs;

/// <summary>A symbol's recorded candles. The trades inside one are made up, and only where somebody needs them.</summary>
internal sealed class CandleRun : SymbolRun
{
    private readonly ReadOnlyMemory<Kline> _candles;
    private int _next;
    private long _tradeIds;

    public CandleRun(RunSetup setup, ReadOnlyMemory<Kline> candles)
        : base(setup)
    {
        _candles = candles;
        while (_next < candles.Length && candles.Span[_next].OpenTimeMs < setup.FromMs) _next++;
    }

    public override long HeadMs => _next < _candles.Length && _candles.Span[_next].OpenTimeMs < Setup.ToMs ? _candles.Span[_next].OpenTimeMs : long.MaxValue;

    public override void Advance(long limitMs)
    {
        var candles = _candles.Span;
        var stop = Math.Min(limitMs, Setup.ToMs);
        while (_next < candles.Length && candles[_next].OpenTimeMs < stop)
        {
            ref readonly var candle = ref candles[_next++];
            TradeCount++;
            LastMs = candle.CloseTimeMs;
            if (NeedsBars || NeedsTrades || ReachesMargin(candle)) Walk(candle);
            else
            {
                Symbol.LastPriceE8 = CandlePrice.ToE8(candle.Close);
                Venue.Pass(Symbol.LastPriceE8);
            }
            OnCandle(candle);
        }
    }

    public override void Dispose()
    {
    }

    /// <summary>A position alone needs no trades while the candle stays within what the account bears.</summary>
    private bool ReachesMargin(in Kline candle) => !Symbol.Ledger.IsFlat
        && (CandlePrice.ToE8(candle.Low) <= Symbol.LiquidationLowE8 || CandlePrice.ToE8(candle.High) >= Symbol.LiquidationHighE8);

    private void Walk(in Kline candle)
    {
        var rises = candle.Close >= candle.Open;
        var quarter = (candle.CloseTimeMs - candle.OpenTimeMs) / 4;
        var volumeE8 = Math.Max(CandlePrice.ToE8(candle.Volume), 0);
        var knowsTakers = candle.TakerBuyVolume > 0 && candle.TakerBuyVolume <= candle.Volume;
        var buyE8 = knowsTakers ? CandlePrice.ToE8(candle.TakerBuyVolume) : rises ? volumeE8 * 6 / 10 : volumeE8 * 4 / 10;
        Step(candle.OpenTimeMs, candle.Open, buyE8, volumeE8);
        Step(candle.OpenTimeMs + quarter, rises ? candle.Low : candle.High, buyE8, volumeE8);
        Step(candle.OpenTimeMs + (3 * quarter), rises ? candle.High : candle.Low, buyE8, volumeE8);
        Step(candle.CloseTimeMs, candle.Close, buyE8, volumeE8);
    }

    private void Step(long timeMs, decimal price, long buyE8, long volumeE8)
    {
        var priceE8 = CandlePrice.ToE8(price);
        Trade(timeMs, priceE8, buyE8 / 4, false);
        Trade(timeMs, priceE8, (volumeE8 - buyE8) / 4, true);
    }

    private void Trade(long timeMs, long priceE8, long quantityE8, bool isBuyerMaker)
    {
        // A candle without volume still has prices; the smallest quantity keeps them as a trade.
        if (quantityE8 <= 0) quantityE8 = 1;
        _tradeIds++;
        Process(new AggTrade(_tradeIds, timeMs, priceE8, quantityE8, _tradeIds, 1, isBuyerMaker));
    }
}
