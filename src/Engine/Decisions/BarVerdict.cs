using Granary.Engine.Protection;
using Granary.Engine.Signals;

namespace Granary.Engine.Decisions;

/// <summary>What one closed bar leads to.</summary>
/// <param name="Report">What every signal says.</param>
/// <param name="Guard">What the bar tells protection.</param>
/// <param name="Slope">Slope of the cumulative delta, for a position that this bar opens; null before it has a value.</param>
/// <param name="Entry">What is to be opened, or null.</param>
public sealed record BarVerdict(SignalReport Report, GuardBar Guard, double? Slope, EntryIntent? Entry);
