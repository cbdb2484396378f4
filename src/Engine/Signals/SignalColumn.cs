namespace Granary.Engine.Signals;

/// <summary>A column of <see cref="SignalTable"/>.</summary>
/// <param name="Name">Its name in reference tables.</param>
/// <param name="Value">Its value in a row: a long, bool, double, string or, for "no value", null.</param>
public sealed record SignalColumn(string Name, Func<SignalReport, object?> Value);
