namespace Granary.Engine.Risk;

/// <summary>What a conditional order protects.</summary>
public enum TriggerKind
{
    /// <summary>A loss: fires when the price moves against the position to the trigger.</summary>
    Stop,

    /// <summary>A profit: fires when the price moves the position's way to the trigger.</summary>
    TakeProfit,
}
