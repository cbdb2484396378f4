using System.Text;

namespace Granary.Silo.Replay;

/// <summary>The outcome of a replay.</summary>
/// <param name="Checks">What was compared.</param>
/// <param name="Seconds">Wall-clock seconds from the first trade to the last comparison.</param>
/// <param name="Trades">Trades of the tape.</param>
public sealed record ReplayReport(IReadOnlyList<ReplayCheck> Checks, double Seconds, long Trades)
{
    /// <summary>Whether everything agrees.</summary>
    public bool IsEqual => Checks.All(c => c.IsEqual);

    /// <summary>A table for people.</summary>
    public string ToTable()
    {
        var width = Checks.Max(c => c.Name.Length);
        var engine = Math.Max("engine".Length, Checks.Max(c => c.Engine.Length));
        var other = Math.Max("file or exchange".Length, Checks.Max(c => c.Other.Length));
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine($"{"".PadRight(width)}  {"engine".PadRight(engine)}  {"file or exchange".PadRight(other)}");
        foreach (var check in Checks)
            text.AppendLine($"{check.Name.PadRight(width)}  {check.Engine.PadRight(engine)}  {check.Other.PadRight(other)}  {(check.IsEqual ? "equal" : "DIFFERENT")}");
        text.Append(IsEqual ? "everything agrees" : "NOT everything agrees");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"; {Trades} trades in {Seconds:0.00} s");
        return text.ToString();
    }
}
