namespace Granary.Venues.Ports;

/// <summary>How many orders an account may send.</summary>
/// <param name="Interval">The time in which they are counted.</param>
/// <param name="Limit">How many.</param>
public readonly record struct OrderLimit(TimeSpan Interval, int Limit);
