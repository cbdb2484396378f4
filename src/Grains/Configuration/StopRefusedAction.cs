namespace Granary.Grains.Configuration;

/// <summary>What becomes of a position whose protective stop the venue refuses because its price is reached or no more stops fit.</summary>
public enum StopRefusedAction
{
    /// <summary>It is left at market.</summary>
    Exit,

    /// <summary>It is held on the engine's own stop alone; the account opens nothing until the venue takes a stop.</summary>
    Hold,
}
