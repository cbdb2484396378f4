using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>An entry before the account's limits; money and notionals in quote units.</summary>
internal readonly ref struct EntryCase
{
    internal required ExposureBook Book { get; init; }

    internal required SymbolExposure Symbol { get; init; }

    internal required MarketContext Market { get; init; }

    internal required OrderSide Side { get; init; }

    /// <summary>What the order and its symbol are valued at.</summary>
    internal required decimal Price { get; init; }

    internal required decimal Notional { get; init; }

    internal required decimal Equity { get; init; }

    internal required decimal Wallet { get; init; }

    /// <summary>Largest multiple of equity for the position.</summary>
    internal required decimal LeverageMax { get; init; }

    internal required ExposureUse Use { get; init; }

    /// <summary>All symbols' larger directions with the order.</summary>
    internal decimal Gross => Use.GrossOthers + Use.OwnWith(Notional);
}
