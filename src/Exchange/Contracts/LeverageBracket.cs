namespace Granary.Exchange.Contracts;

/// <summary>One step of a symbol's table of leverage and maintenance margin: maintenance margin = notional x rate - cum.</summary>
/// <param name="Bracket">1 and up.</param>
/// <param name="InitialLeverage">Highest leverage allowed at this notional, 1 to 150.</param>
/// <param name="NotionalFloor">Notionals above this are in the bracket, quote units.</param>
/// <param name="NotionalCap">Notionals up to this are in the bracket, quote units.</param>
/// <param name="MaintenanceRate">Maintenance margin as a fraction of the notional.</param>
/// <param name="Cum">Maintenance amount that makes the margin continuous at the floor, quote units.</param>
public sealed record LeverageBracket(
    int Bracket, int InitialLeverage, decimal NotionalFloor, decimal NotionalCap, decimal MaintenanceRate, decimal Cum);
