namespace Granary.Engine.Orders;

/// <summary>How long an order lives.</summary>
public enum TimeInForce
{
    /// <summary>Good till cancelled.</summary>
    Gtc,

    /// <summary>Immediate or cancel: what does not trade at once expires.</summary>
    Ioc,

    /// <summary>Fill or kill: all at once or nothing.</summary>
    Fok,

    /// <summary>Post-only (good till crossing): refused where it would take.</summary>
    Gtx,
}
