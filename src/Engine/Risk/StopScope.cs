namespace Granary.Engine.Risk;

/// <summary>Whom a stop concerns.</summary>
public enum StopScope
{
    /// <summary>One account.</summary>
    Account,

    /// <summary>Every account of the engine.</summary>
    Engine,
}
