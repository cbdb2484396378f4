namespace Granary.Engine.Risk;

/// <summary>What is held and in flight, seen from a planned order; notionals in quote units.</summary>
internal readonly record struct ExposureUse
{
    /// <summary>In the order's symbol and direction.</summary>
    internal required decimal Position { get; init; }

    /// <summary>In the order's symbol, other direction.</summary>
    internal required decimal Opposite { get; init; }

    /// <summary>In the order's direction, all symbols.</summary>
    internal required decimal Direction { get; init; }

    /// <summary>The larger direction of every other symbol, summed.</summary>
    internal required decimal GrossOthers { get; init; }

    /// <summary>Positions with the sign of the order's side, opposite ones less the exits in flight, plus what is in flight that way.</summary>
    internal required decimal Net { get; init; }

    /// <summary>Maintenance margin of every other symbol's larger direction.</summary>
    internal required decimal MaintenanceOthers { get; init; }

    /// <summary>Other symbols with anything in the order's direction.</summary>
    internal required int OtherSymbols { get; init; }

    /// <summary>Orders of the account that may still trade.</summary>
    internal required int OpenOrders { get; init; }

    /// <summary>The larger direction of the order's symbol when the order adds an amount to its own.</summary>
    internal decimal OwnWith(decimal notional) => Math.Max(Position + notional, Opposite);
}
