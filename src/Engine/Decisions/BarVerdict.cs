using Granary.Engine.Protection;
using Granary.Engine.Signals;

namespace Granary.Engine.Decisions;

/// <summary>What one closed bar leads to.</summary>
/// <param name="Report">What every signal says.</param>
/// <param name="Guard">What the bar tells protection.</param>
/// <param name="Slope">Slope of the cumulative delta, for a position that this bar opens; null before it has a value.</param>
/// <param name="Entry">What is to be opened, or null.</param>
public sealed record BarVerdict(SignalReport Report, GuardBar Guard, double? Slope, EntryIntent? Entry)
{
    /// <summary>Why the signals want to leave a position of a strategy at this bar's close: the name of the reason, or null (formulas §3.2, §3.4).</summary>
    /// <param name="strategy">Who opened the position.</param>
    public string? ExitOf(string strategy)
    {
        if (strategy is not (SignalNames.Momentum or SignalNames.Reversion)) return null;
        if (Report.Combined.Action == SignalAction.ForceFlat) return ExtremeRegime;
        return strategy == SignalNames.Reversion && Report.Reversion.Exit == true ? BackAtVwap : null;
    }

    /// <summary>Reason of an exit because the regime is extreme.</summary>
    public const string ExtremeRegime = "ExtremeRegime";

    /// <summary>Reason of an exit because mean reversion got what it waited for.</summary>
    public const string BackAtVwap = "BackAtVwap";
}
