using Granary.Engine.Execution.Slicing;
using Granary.Engine.Orders;

namespace Granary.Engine.Execution.Routing;

/// <summary>
/// Chooses the venues of an order by what it will cost there: the levels it takes, the fee, and the latency, priced as what the price moves meanwhile:
/// price * volatility * sqrt(latency). A taking order goes where each next unit is cheapest, if that gains enough over the best single venue; a resting one
/// goes to
/// one venue. Equal venues: the first. One candidate gets everything, whatever its state: there is no other, and whether to send is not the router's to say.
/// Keeps no state from one order to the next; allocation-free. Not safe for concurrent use.
/// </summary>
public sealed class VenueRouter
{
    private readonly VenueRouterOptions _options;
    private readonly VenueCursor[] _cursors;
    private readonly decimal[] _quantities;
    private readonly VenueShare[] _shares;
    private readonly VenueLeftOut[] _leftOut;

    /// <summary>A router.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public VenueRouter(VenueRouterOptions options)
    {
        options.Validate();
        _options = options;
        _cursors = new VenueCursor[options.VenuesMax];
        _quantities = new decimal[options.VenuesMax];
        _shares = new VenueShare[options.VenuesMax];
        _leftOut = new VenueLeftOut[options.VenuesMax];
    }

    /// <summary>Routes an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="candidates">One or more, in the operator's order.</param>
    /// <param name="nowMs">Milliseconds since the Unix epoch, UTC.</param>
    /// <returns>Shares and what is unrouted sum to the quantity. Valid until the next call.</returns>
    /// <exception cref="ArgumentException">There is no candidate or there are too many, or a value of the order or of a candidate among several is out of
    /// its range.</exception>
    public VenueRoute Route(in VenueOrder order, ReadOnlySpan<VenueCandidate> candidates, long nowMs)
    {
        ExecutionCheck.Within(nameof(candidates), candidates.Length, 1, _options.VenuesMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(order.Quantity);
        if (candidates.Length == 1)
        {
            _shares[0] = new VenueShare(0, order.Quantity, null);
            return new VenueRoute(_shares.AsSpan(0, 1), default, 0);
        }
        ExecutionCheck.Require(nameof(order.Side), order.Side, order.Side is OrderSide.Buy or OrderSide.Sell, "Buy or Sell");
        ExecutionCheck.Require(nameof(order.Volatility), order.Volatility, order.Volatility >= 0, "0 or more");
        var leftOut = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            _cursors[i].IsUsed = false;
            _quantities[i] = 0;
            if (FaultOf(order, candidates[i], nowMs) is { } fault) _leftOut[leftOut++] = new VenueLeftOut(i, fault);
            else if (!order.IsMaker) _cursors[i].Start(candidates[i].Levels, 1 + ((int)order.Side * Charge(order, candidates[i])));
            else _cursors[i].IsUsed = true;
        }
        var best = order.IsMaker ? BestToRest(order, candidates) : BestToTake(order, candidates);
        if (best < 0) return new VenueRoute(default, _leftOut.AsSpan(0, leftOut), order.Quantity);
        if (order.IsMaker || !_options.CanSplit || !TrySplit(order, candidates, best))
        {
            _quantities.AsSpan(0, candidates.Length).Clear();
            _quantities[best] = Floor(order.Quantity, candidates[best].StepSize);
        }
        return Answer(order, candidates.Length, leftOut);
    }

    private static decimal Floor(decimal quantity, decimal step) => decimal.Floor(quantity / step) * step;

    /// <summary>Fee and latency as a share of the price.</summary>
    private static decimal Charge(in VenueOrder order, in VenueCandidate candidate)
    {
        var move = order.Volatility * Math.Sqrt(candidate.LatencyMs!.Value / 1_000);
        // Written so that no number and infinity are the whole price.
        return (order.IsMaker ? candidate.MakerFee : candidate.TakerFee) + (move < 0.9 ? (decimal)move : 0.9m);
    }

    private VenueFault? FaultOf(in VenueOrder order, in VenueCandidate candidate, long nowMs)
    {
        ExecutionCheck.Within(nameof(candidate.TakerFee), candidate.TakerFee, -0.1m, 0.1m);
        ExecutionCheck.Within(nameof(candidate.MakerFee), candidate.MakerFee, -0.1m, 0.1m);
        ExecutionCheck.Require(nameof(candidate.StepSize), candidate.StepSize, candidate.StepSize > 0, "above 0");
        ExecutionCheck.Require(nameof(candidate.LatencyMs), candidate.LatencyMs, candidate.LatencyMs is null or >= 0, "0 or more");
        if (!candidate.IsHealthy) return VenueFault.Unhealthy;
        if (nowMs - candidate.BookTimeMs > _options.BookAgeMsMax) return VenueFault.StaleBook;
        if (candidate.Levels.IsEmpty) return VenueFault.EmptyBook;
        if (candidate.LatencyMs is null) return VenueFault.LatencyUnknown;
        return IsEnough(candidate, Floor(order.Quantity, candidate.StepSize)) ? null : VenueFault.BelowMinimum;
    }

    private static bool IsEnough(in VenueCandidate candidate, decimal quantity) =>
        quantity > 0 && quantity * Market.Fixed8.ToDecimal(candidate.Levels.Span[0].PriceE8) >= candidate.NotionalMin;

    private int BestToRest(in VenueOrder order, ReadOnlySpan<VenueCandidate> candidates)
    {
        var (best, least) = (-1, decimal.MaxValue);
        for (var i = 0; i < candidates.Length; i++)
        {
            if (!_cursors[i].IsUsed) continue;
            var charge = Charge(order, candidates[i]);
            if (best < 0 || charge < least) (best, least) = (i, charge);
        }
        return best;
    }

    /// <summary>The venue that has the whole quantity at the least cost; where none has it, the one that has most.</summary>
    private int BestToTake(in VenueOrder order, ReadOnlySpan<VenueCandidate> candidates)
    {
        var (best, least, leastBeyond) = (-1, decimal.MaxValue, decimal.MaxValue);
        for (var i = 0; i < candidates.Length; i++)
        {
            ref var cursor = ref _cursors[i];
            if (!cursor.IsUsed) continue;
            var beyond = cursor.TakeAll(order.Quantity);
            var cost = (int)order.Side * cursor.Notional;
            if (best < 0 || beyond < leastBeyond || (beyond == leastBeyond && cost < least)) (best, least, leastBeyond) = (i, cost, beyond);
        }
        return best;
    }

    /// <summary>Spreads the order unit by unit; true when several venues get a share each may have, and it is worth it.</summary>
    private bool TrySplit(in VenueOrder order, ReadOnlySpan<VenueCandidate> candidates, int best)
    {
        var count = candidates.Length;
        Rewind(count);
        var beyond = _cursors[best].TakeAll(Floor(order.Quantity, candidates[best].StepSize));
        var single = _cursors[best].Notional / _cursors[best].Taken;
        while (true)
        {
            Rewind(count);
            Spread(order, count);
            for (var i = 0; i < count; i++) _quantities[i] = _cursors[i].IsUsed ? Floor(_cursors[i].Taken, candidates[i].StepSize) : 0;
            // The smallest share that its venue would refuse goes to the others; all of them at once might leave none.
            var small = -1;
            for (var i = 0; i < count; i++)
            {
                if (!_cursors[i].IsUsed || _cursors[i].Taken == 0 || IsEnough(candidates[i], _quantities[i])) continue;
                if (small < 0 || _quantities[i] < _quantities[small]) small = i;
            }
            if (small < 0) break;
            _cursors[small].IsUsed = false;
        }
        PlaceRest(order, candidates);
        var (shares, notional, taken) = (0, 0m, 0m);
        for (var i = 0; i < count; i++)
        {
            if (_quantities[i] == 0) continue;
            shares++;
            _cursors[i].Rewind();
            _cursors[i].TakeAll(_quantities[i]);
            notional += _cursors[i].Notional;
            taken += _cursors[i].Taken;
        }
        if (shares < 2) return false;
        return beyond > 0 || (int)order.Side * (single - (notional / taken)) * 10_000 >= (decimal)_options.SplitGainBpsMin * single;
    }

    private void Rewind(int count)
    {
        for (var i = 0; i < count; i++)
            if (_cursors[i].IsUsed) _cursors[i].Rewind();
    }

    private void Spread(in VenueOrder order, int count)
    {
        for (var left = order.Quantity; left > 0;)
        {
            var next = Cheapest(order.Side, count, isExhausted: false);
            if (next < 0) return;
            var part = Math.Min(left, _cursors[next].Open);
            _cursors[next].Take(part);
            left -= part;
        }
    }

    /// <summary>What the steps cut off, or what is beyond all levels, goes where the next unit is cheapest, as far as that venue's step allows.</summary>
    private void PlaceRest(in VenueOrder order, ReadOnlySpan<VenueCandidate> candidates)
    {
        var left = order.Quantity;
        for (var i = 0; i < candidates.Length; i++) left -= _quantities[i];
        while (left > 0)
        {
            var next = Cheapest(order.Side, candidates.Length, isExhausted: false);
            if (next < 0) next = Cheapest(order.Side, candidates.Length, isExhausted: true);
            if (next < 0) return;
            var part = Floor(left, candidates[next].StepSize);
            if (IsEnough(candidates[next], _quantities[next] + part))
            {
                _quantities[next] += part;
                left -= part;
            }
            _cursors[next].IsUsed = false;
        }
    }

    private int Cheapest(OrderSide side, int count, bool isExhausted)
    {
        var (best, least) = (-1, decimal.MaxValue);
        for (var i = 0; i < count; i++)
        {
            if (!_cursors[i].IsUsed || _cursors[i].IsExhausted != isExhausted) continue;
            var cost = (int)side * _cursors[i].Price;
            if (best < 0 || cost < least) (best, least) = (i, cost);
        }
        return best;
    }

    private VenueRoute Answer(in VenueOrder order, int count, int leftOut)
    {
        var (shares, left) = (0, order.Quantity);
        for (var i = 0; i < count; i++)
        {
            var quantity = _quantities[i];
            if (quantity == 0) continue;
            decimal? price = null;
            if (!order.IsMaker)
            {
                _cursors[i].Rewind();
                _cursors[i].TakeAll(quantity);
                price = _cursors[i].Notional / quantity;
            }
            _shares[shares++] = new VenueShare(i, quantity, price);
            left -= quantity;
        }
        return new VenueRoute(_shares.AsSpan(0, shares), _leftOut.AsSpan(0, leftOut), left);
    }
}
