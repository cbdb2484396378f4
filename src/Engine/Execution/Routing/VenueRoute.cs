namespace Granary.Engine.Execution.Routing;

/// <summary>Where an order goes. The spans are the router's: they hold until it is asked again.</summary>
/// <param name="shares">What the venues get.</param>
/// <param name="leftOut">Venues that were not considered.</param>
/// <param name="unrouted">What no venue gets.</param>
public readonly ref struct VenueRoute(ReadOnlySpan<VenueShare> shares, ReadOnlySpan<VenueLeftOut> leftOut, decimal unrouted)
{
    /// <summary>What the venues get, in the order of the candidates; empty when none of several may be used.</summary>
    public ReadOnlySpan<VenueShare> Shares { get; } = shares;

    /// <summary>Venues that were not considered, in the order of the candidates.</summary>
    public ReadOnlySpan<VenueLeftOut> LeftOut { get; } = leftOut;

    /// <summary>Base units that no venue gets: below every step, or all when there is no venue.</summary>
    public decimal Unrouted { get; } = unrouted;
}
