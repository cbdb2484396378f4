namespace Granary.Engine.Margin;

/// <summary>One step of a symbol's leverage ladder: what holds for position notionals above the floor and up to the cap.</summary>
/// <param name="NotionalFloor">Quote units; 0 for the first step, the cap of the step before for the others.</param>
/// <param name="NotionalCap">Quote units, above the floor.</param>
/// <param name="LeverageMax">Highest leverage that the venue allows, 1 or more.</param>
/// <param name="MaintenanceRate">Maintenance margin as a share of the notional, 0 or more, below 1.</param>
public readonly record struct LeverageBracket(decimal NotionalFloor, decimal NotionalCap, int LeverageMax, decimal MaintenanceRate);
