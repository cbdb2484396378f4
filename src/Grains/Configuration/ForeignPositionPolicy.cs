namespace Granary.Grains.Configuration;

/// <summary>
/// What becomes of positions that the engine did not open. They are a lot of their own, EXTERNAL, which no strategy sees, no stop of the engine covers and no
/// exit closes; risk counts it either way.
/// </summary>
public enum ForeignPositionPolicy
{
    /// <summary>A flatten closes them with the rest.</summary>
    Adopt,

    /// <summary>They are left alone also then.</summary>
    Leave,
}
