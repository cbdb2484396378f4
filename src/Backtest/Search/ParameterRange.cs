using System.Globalization;
using Granary.Backtest.Configuration;

namespace Granary.Backtest.Search;

/// <summary>The values that a parameter may take: from, to, in steps.</summary>
/// <param name="Name">The parameter's name (<see cref="Parameters"/>).</param>
/// <param name="From">First value.</param>
/// <param name="To">Last value, not below the first.</param>
/// <param name="Step">Distance, above 0.</param>
public sealed record ParameterRange(string Name, double From, double To, double Step)
{
    /// <summary>Values of one parameter that fit.</summary>
    public const int ValuesMax = 10_000;

    /// <summary>Number of values.</summary>
    public int Count => (int)Math.Floor(((To - From) / Step) + 1e-9) + 1;

    /// <summary>A value.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public double this[int index] => Math.Round(From + (index * Step), 12);

    /// <summary>Reads "name=from:to:step".</summary>
    /// <exception cref="ArgumentException">It is no such, or there is no such parameter.</exception>
    public static ParameterRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var parts = at > 0 ? text[(at + 1)..].Split(':') : [];
        var numbers = parts.Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : double.NaN).ToArray();
        if (numbers.Length != 3 || !numbers.All(double.IsFinite))
            throw new ArgumentException($"'{text}' is no range; expected NAME=FROM:TO:STEP, for example momentum.ofiThreshold=0.1:0.3:0.05");
        var range = new ParameterRange(Parameters.Find(text[..at]).Name, numbers[0], numbers[1], numbers[2]);
        range.Validate();
        return range;
    }

    /// <summary>Checks the range.</summary>
    /// <exception cref="ArgumentException">It is empty, endless or of an unknown parameter.</exception>
    public void Validate()
    {
        Parameters.Find(Name);
        if (!(Step > 0) || To < From)
            throw new ArgumentException(
                FormattableString.Invariant($"{Name} from {From} to {To} in steps of {Step}: expected a step above 0 and an end not below the start"));
        if ((To - From) / Step >= ValuesMax)
            throw new ArgumentException(
                FormattableString.Invariant($"{Name} from {From} to {To} in steps of {Step} has too many values, expected at most {ValuesMax}"));
    }
}
