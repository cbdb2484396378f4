using Granary.Engine.Protection;
using Granary.Engine.Rules;
using Granary.Engine.Signals;

namespace Granary.Engine.Decisions;

/// <summary>What one closed bar leads to.</summary>
/// <param name="Report">What every signal says, and what is made of it and of the rules.</param>
/// <param name="Rules">What every rule says.</param>
/// <param name="Guard">What the bar tells protection.</param>
/// <param name="Slope">Slope of the cumulative delta, for a position that this bar opens; null before it has a value.</param>
/// <param name="Entry">What is to be opened, or null.</param>
public sealed record BarVerdict(SignalReport Report, IReadOnlyList<RuleDecision> Rules, GuardBar Guard, double? Slope, EntryIntent? Entry);
