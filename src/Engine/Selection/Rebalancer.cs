using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Selection;

/// <summary>
/// Plans the way from positions to targets. A held symbol without a target is closed; one whose side turns is closed and opened anew, never turned by one
/// order. What opens must reach the least notional; what reduces is exempt from it at the venue.
/// </summary>
public static class Rebalancer
{
    /// <summary>Plans.</summary>
    /// <param name="targets">The positions that should be, each symbol once.</param>
    /// <param name="held">The positions that are, each symbol once.</param>
    /// <param name="rulesOf">A symbol's rules; null when they are not known.</param>
    /// <param name="tolerance">Share of a target by which a position on the right side may be off without being traded, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is outside its range.</exception>
    /// <exception cref="ArgumentException">A symbol occurs twice.</exception>
    public static RebalancePlan Plan(
        IReadOnlyList<TargetPosition> targets, IReadOnlyList<HeldPosition> held, Func<string, SymbolRules?> rulesOf, decimal tolerance)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(rulesOf);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tolerance, 1m);
        var pairs = new SortedDictionary<string, (decimal Target, decimal Current, decimal Price)>(StringComparer.Ordinal);
        foreach (var position in held) pairs.Add(position.Symbol, (0, position.Quantity, position.Price));
        foreach (var target in targets)
        {
            var signed = target.Side == SelectionSide.Long ? target.Quantity : -target.Quantity;
            var current = pairs.TryGetValue(target.Symbol, out var known) ? known : default;
            if (current.Target != 0) throw new ArgumentException($"symbol {target.Symbol} has two targets", nameof(targets));
            pairs[target.Symbol] = (signed, current.Current, target.Close);
        }

        var plan = new Draft([], [], []);
        foreach (var (symbol, (target, current, price)) in pairs) plan.Add(symbol, target, current, price, rulesOf(symbol), tolerance);
        return new RebalancePlan(plan.Reductions, plan.Openings, plan.Skipped);
    }

    private sealed record Draft(List<PositionChange> Reductions, List<PositionChange> Openings, List<SkippedChange> Skipped)
    {
        public void Add(string symbol, decimal target, decimal current, decimal price, SymbolRules? rules, decimal tolerance)
        {
            var missing = target - current;
            if (missing == 0) return;
            if (rules is not { IsTrading: true })
            {
                Skip(symbol, missing, price, SkipReason.NotTrading);
                return;
            }
            var staysOnItsSide = target != 0 && Math.Sign(target) == Math.Sign(current);
            if (staysOnItsSide && Math.Abs(missing) <= tolerance * Math.Abs(target))
            {
                Skip(symbol, missing, price, SkipReason.WithinTolerance);
                return;
            }
            var closed = staysOnItsSide ? Math.Max(Math.Abs(current) - Math.Abs(target), 0) : Math.Abs(current);
            var opened = staysOnItsSide ? Math.Max(Math.Abs(target) - Math.Abs(current), 0) : Math.Abs(target);
            if (closed > 0) Trade(Reductions, symbol, -Math.Sign(current), closed, price, rules, isReduction: true);
            if (opened > 0) Trade(Openings, symbol, Math.Sign(target), opened, price, rules, isReduction: false);
        }

        private void Trade(List<PositionChange> changes, string symbol, int sign, decimal quantity, decimal price, SymbolRules rules, bool isReduction)
        {
            var lots = rules.FloorQuantity(quantity);
            var isTooSmall = lots < rules.QuantityMin || lots <= 0 || (!isReduction && lots * price < rules.NotionalMin);
            if (isTooSmall) Skip(symbol, sign * quantity, price, SkipReason.BelowMinimum);
            else changes.Add(new PositionChange(symbol, sign > 0 ? OrderSide.Buy : OrderSide.Sell, lots, price, isReduction));
        }

        private void Skip(string symbol, decimal missing, decimal price, SkipReason reason) =>
            Skipped.Add(new SkippedChange(symbol, missing, Math.Abs(missing) * price, reason));
    }
}
