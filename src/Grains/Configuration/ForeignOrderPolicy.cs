namespace Granary.Grains.Configuration;

/// <summary>What becomes of orders on the account that the engine did not place. They are tracked as EXTERNAL and count as exposure either way.</summary>
public enum ForeignOrderPolicy
{
    /// <summary>They are treated like ours: cancelled whenever all orders are.</summary>
    Adopt,

    /// <summary>They are left alone.</summary>
    Leave,
}
