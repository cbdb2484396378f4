using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <content>What the book adds up to, seen from a planned order and for the whole account.</content>
internal sealed partial class ExposureBook
{
    /// <summary>What stands against a planned order on a side at a price.</summary>
    /// <param name="own">The order's symbol.</param>
    /// <param name="side">The order's side.</param>
    /// <param name="price">What the order and its symbol are valued at.</param>
    /// <param name="maintenanceRate">Of symbols without leverage brackets.</param>
    internal ExposureUse Use(SymbolExposure own, OrderSide side, decimal price, decimal maintenanceRate)
    {
        decimal position = 0, opposite = 0, direction = 0, others = 0, net = 0, maintenance = 0;
        int otherSymbols = 0, openOrders = 0;
        foreach (var symbol in _symbols)
        {
            if (symbol.IsIdle) continue;
            var at = symbol == own ? price : symbol.Price;
            var (buys, sells) = symbol.InFlight(at);
            var held = (int)side * symbol.Ledger.Quantity * at;
            var (with, against) = side == OrderSide.Buy ? (buys, sells) : (sells, buys);
            var same = Math.Max(held + with, 0);
            var other = Math.Max(against - held, 0);
            direction += same;

            // An opposite position takes away from the net only as far as no exit in flight may end it first.
            net += with + (held < 0 ? Math.Min(held + symbol.Reducing(side, at), 0) : held);
            openOrders += OpenOrdersOf(symbol);
            if (symbol == own)
            {
                (position, opposite) = (same, other);
                continue;
            }
            var larger = Math.Max(same, other);
            others += larger;
            maintenance += symbol.Maintenance(larger, maintenanceRate);
            if (same > 0) otherSymbols++;
        }
        return new ExposureUse
        {
            Position = position,
            Opposite = opposite,
            Direction = direction,
            GrossOthers = others,
            Net = net,
            MaintenanceOthers = maintenance,
            OtherSymbols = otherSymbols,
            OpenOrders = openOrders,
        };
    }

    /// <summary>What is held and in flight of a group on a side, the planned order's symbol at its price.</summary>
    internal decimal Direction(CorrelationGroup group, SymbolExposure own, OrderSide side, decimal price)
    {
        var sum = 0m;
        for (var i = 0; i < group.Symbols.Count; i++)
        {
            if (Find(group.Symbols[i]) is { } symbol) sum += symbol.Worst(side, symbol == own ? price : symbol.Price);
        }
        return sum;
    }

    /// <summary>Gross worst-case notional and its maintenance margin, quote units.</summary>
    internal (decimal Gross, decimal Maintenance) Margin(decimal maintenanceRate)
    {
        decimal gross = 0, maintenance = 0;
        foreach (var symbol in _symbols)
        {
            if (symbol.IsIdle) continue;
            var notional = symbol.Largest;
            gross += notional;
            maintenance += symbol.Maintenance(notional, maintenanceRate);
        }
        return (gross, maintenance);
    }
}
