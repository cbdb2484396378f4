using Granary.Engine.Margin;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>Position, price and running trade of one symbol.</summary>
internal sealed class SymbolExposure(string symbol, string marginAsset)
{
    internal string Symbol => symbol;

    internal PositionLedger Ledger { get; } = new(marginAsset);

    internal TradeIdMemory Trades { get; } = new();

    /// <summary>Orders in flight, or waiting for their fills, in the order in which they became known.</summary>
    internal List<Reservation> Orders { get; } = [];

    /// <summary>The venue's leverage ladder; configuration, not part of the state. Null while unknown.</summary>
    internal LeverageBrackets? Brackets { get; set; }

    internal decimal? Mark { get; set; }

    internal decimal? LastPrice { get; set; }

    /// <summary>What a standing approval keeps for itself, or null.</summary>
    internal StandingReserve? Standing { get; set; }

    /// <summary>Entries since the position was last flat.</summary>
    internal int Entries { get; set; }

    /// <summary>Who opened the position, or empty.</summary>
    internal string Strategy { get; set; } = "";

    /// <summary>What strategies hold, apart from what somebody else brought: only their own trades tell how well they do.</summary>
    internal PositionLots Lots { get; } = new(marginAsset);

    /// <summary>The strategies' running trade.</summary>
    internal StrategyTrade Trade { get; } = new();

    /// <summary>What the position is valued at: mark, else last price, else entry price.</summary>
    internal decimal Price => Mark ?? LastPrice ?? Math.Abs(Ledger.EntryPrice);

    internal decimal UnrealizedPnl => Ledger.IsFlat || (Mark is null && LastPrice is null) ? 0 : Ledger.UnrealizedPnl(Price);

    /// <summary>Nothing held, nothing in flight and nothing reserved.</summary>
    internal bool IsIdle => Ledger.IsFlat && Orders.Count == 0 && Standing is null;

    /// <summary>The larger direction at the symbol's own price.</summary>
    internal decimal Largest
    {
        get
        {
            var (buys, sells) = InFlight(Price);
            return Math.Max(Math.Max((Ledger.Quantity * Price) + buys, sells - (Ledger.Quantity * Price)), 0);
        }
    }

    /// <summary>Notionals of what is in flight and does not only reduce, quote units; never valued below the price an order was approved at.</summary>
    internal (decimal Buys, decimal Sells) InFlight(decimal price)
    {
        var (buys, sells) = Standing?.Room(Ledger.CostBasis) ?? (0, 0);
        foreach (var order in Orders)
        {
            if (order.ReduceOnly) continue;
            var notional = order.Remaining * Math.Max(price, order.Price);
            if (order.Side == OrderSide.Buy) buys += notional;
            else sells += notional;
        }
        return (buys, sells);
    }

    /// <summary>What orders that only reduce may still trade on a side, quote units.</summary>
    internal decimal Reducing(OrderSide side, decimal price)
    {
        var quantity = 0m;
        foreach (var order in Orders)
        {
            if (order.ReduceOnly && order.Side == side) quantity += order.Remaining;
        }
        return quantity * price;
    }

    /// <summary>Worst case in a direction, quote units, 0 or more.</summary>
    internal decimal Worst(OrderSide side, decimal price)
    {
        var (buys, sells) = InFlight(price);
        return Math.Max(((int)side * Ledger.Quantity * price) + (side == OrderSide.Buy ? buys : sells), 0);
    }

    /// <summary>Maintenance margin of a notional, quote units.</summary>
    internal decimal Maintenance(decimal notional, decimal flatRate) => Brackets?.Maintenance(notional) ?? (notional * flatRate);

    /// <summary>Takes the position over as one lot of whoever opened it.</summary>
    /// <param name="entryPrice">Quote units.</param>
    /// <param name="net">What its trade has made so far, quote units.</param>
    internal void Resume(decimal entryPrice, decimal net)
    {
        var isOwn = Strategy.Length > 0 && Strategy != TrackedOrder.External;
        (isOwn ? Lots.Own : Lots.External).Adopt(Ledger.Quantity, entryPrice);
        if (isOwn && !Ledger.IsFlat) Trade.Resume(Strategy, net);
    }

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(symbol);
        Ledger.Write(writer);
        Trades.Write(writer);
        writer.WriteNullable(Mark);
        writer.WriteNullable(LastPrice);
        writer.Write(Entries);
        writer.Write(Strategy);
        Lots.Write(writer);
        Trade.Write(writer);
        writer.Write(Standing is not null);
        Standing?.Write(writer);
    }

    /// <param name="reader">The snapshot.</param>
    /// <param name="marginAsset">Asset in which fees count.</param>
    /// <param name="version">Version of the book: before 3 there was one trade of whatever made up the position, before 4 no standing approval.</param>
    internal static SymbolExposure Read(ref SnapshotReader reader, string marginAsset, int version)
    {
        var exposure = new SymbolExposure(reader.ReadString(), marginAsset);
        exposure.Ledger.Read(ref reader);
        exposure.Trades.Read(ref reader);
        exposure.Mark = reader.ReadNullableDecimal();
        exposure.LastPrice = reader.ReadNullableDecimal();
        exposure.Entries = reader.ReadInt32();
        exposure.Strategy = reader.ReadString();
        if (version < 3) exposure.Resume(exposure.Ledger.EntryPrice, reader.ReadDecimal());
        else
        {
            exposure.Lots.Read(ref reader);
            exposure.Trade.Read(ref reader);
        }
        if (version >= 4 && reader.ReadBoolean()) exposure.Standing = StandingReserve.Read(ref reader);
        return exposure;
    }
}
