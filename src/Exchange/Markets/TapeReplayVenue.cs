using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Matching;

namespace Granary.Exchange.Markets;

/// <summary>
/// Quotes derived from trades alone: best ask is the price of the last taker buy, best bid that of the last taker sell, at least one tick apart; the side
/// that traded last keeps its price and the other one gives way. An incoming order takes any quantity at the opposite quote: a tape does not
/// tell what rested there. Paying the last price of one's own side is conservative: the spread is always crossed in full.
/// </summary>
internal sealed class TapeReplayVenue(IMarketHost host, ListedSymbol symbol, long updateId) : TapeVenue(host, symbol)
{
    private readonly DepthTracker _depth = new(updateId);
    private long _updateId = updateId;
    private long _bidE8;
    private long _askE8;
    private long _bidQuantityE8;
    private long _askQuantityE8;

    public override BookTicker Ticker(long timeMs) => new(_updateId, timeMs, _bidE8, _bidQuantityE8, _askE8, _askQuantityE8);

    public override DepthSnapshot Depth(int limit, long timeMs) => new(
        _updateId, timeMs, limit > 0 && _bidE8 > 0 ? [new DepthLevel(_bidE8, _bidQuantityE8)] : [],
        limit > 0 && _askE8 > 0 ? [new DepthLevel(_askE8, _askQuantityE8)] : []);

    public DepthDiff? NextDiff(long timeMs) => _depth.Next(_updateId, timeMs, QuantityAt);

    /// <summary>Moves the quotes after a trade.</summary>
    public void MoveQuotes(in AggTrade trade)
    {
        _depth.Touch(OrderSide.Buy, _bidE8);
        _depth.Touch(OrderSide.Sell, _askE8);
        var tick = Symbol.TickE8;
        if (trade.IsBuyerMaker)
        {
            _bidE8 = trade.PriceE8;
            _bidQuantityE8 = trade.QuantityE8;
            if (_askE8 < _bidE8 + tick) _askE8 = _bidE8 + tick;
            if (_askQuantityE8 == 0) _askQuantityE8 = trade.QuantityE8;
        }
        else
        {
            _askE8 = trade.PriceE8;
            _askQuantityE8 = trade.QuantityE8;
            if (_bidE8 > _askE8 - tick || _bidE8 == 0) _bidE8 = Math.Max(0, _askE8 - tick);
            if (_bidQuantityE8 == 0) _bidQuantityE8 = trade.QuantityE8;
        }
        _updateId++;
        _depth.Touch(OrderSide.Buy, _bidE8);
        _depth.Touch(OrderSide.Sell, _askE8);
    }

    protected override long Takeable(OrderSide side, int level, out long priceE8)
    {
        priceE8 = side == OrderSide.Buy ? _askE8 : _bidE8;
        return level == 0 && priceE8 > 0 ? long.MaxValue : 0;
    }

    private long QuantityAt(OrderSide side, long priceE8) => side == OrderSide.Buy
        ? (priceE8 == _bidE8 ? _bidQuantityE8 : 0)
        : (priceE8 == _askE8 ? _askQuantityE8 : 0);
}
