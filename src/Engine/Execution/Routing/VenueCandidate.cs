using Granary.Engine.Book;

namespace Granary.Engine.Execution.Routing;

/// <summary>What is known of a venue at a moment.</summary>
public readonly record struct VenueCandidate
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Fee of an order that takes, a share of the notional, -0.1 to 0.1.</summary>
    public required decimal TakerFee { get; init; }

    /// <summary>Fee of an order that rests, a share of the notional, -0.1 to 0.1; negative is a rebate.</summary>
    public required decimal MakerFee { get; init; }

    /// <summary>The side of the book that an order takes from, best first: asks for a buy. Prices and quantities above 0.</summary>
    public required ReadOnlyMemory<BookLevel> Levels { get; init; }

    /// <summary>When the book was last heard of, milliseconds since the Unix epoch, UTC.</summary>
    public required long BookTimeMs { get; init; }

    /// <summary>Measured time until an order is at the venue, a high quantile, milliseconds, 0 or more; null when not measured.</summary>
    public required double? LatencyMs { get; init; }

    /// <summary>Whether the venue is connected and takes orders.</summary>
    public required bool IsHealthy { get; init; }

    /// <summary>Quantities are multiples of this, base units, above 0.</summary>
    public required decimal StepSize { get; init; }

    /// <summary>Smallest notional of an order, quote units, 0 or more.</summary>
    public decimal NotionalMin { get; init; }
}
