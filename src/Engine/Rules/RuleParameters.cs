using System.Globalization;

namespace Granary.Engine.Rules;

/// <summary>The configured parameters of a rule, read by its constructor. Names are compared without letter case.</summary>
public sealed class RuleParameters
{
    private readonly string _rule;
    private readonly SortedDictionary<string, double> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _read = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">An entry is not of the form name=value, or a name comes twice.</exception>
    internal RuleParameters(RuleSpec spec)
    {
        _rule = spec.Name;
        foreach (var entry in spec.Parameters)
        {
            var parts = entry.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                throw new ArgumentException($"Parameters: '{entry}' of {_rule} is not of the form name=value, for example Lookback=40");
            if (!_values.TryAdd(parts[0], value)) throw new ArgumentException($"Parameters: {parts[0]} of {_rule} is given twice");
        }
    }

    /// <summary>A whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fallback">Its value where none is configured.</param>
    /// <param name="min">Smallest value allowed.</param>
    /// <param name="max">Largest value allowed.</param>
    /// <exception cref="ArgumentException">The configured value is not whole or outside the range; the message says so.</exception>
    public int Whole(string name, int fallback, int min, int max)
    {
        var value = Take(name) ?? fallback;
        return value == Math.Floor(value) && value >= min && value <= max
            ? (int)value
            : throw new ArgumentException(FormattableString.Invariant($"Parameters: {name} of {_rule} was {value}, expected a whole number of {min} to {max}"));
    }

    /// <summary>A number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fallback">Its value where none is configured.</param>
    /// <param name="min">Smallest value allowed.</param>
    /// <param name="max">Largest value allowed.</param>
    /// <exception cref="ArgumentException">The configured value is outside the range; the message says so.</exception>
    public double Number(string name, double fallback, double min, double max)
    {
        var value = Take(name) ?? fallback;
        return value >= min && value <= max
            ? value
            : throw new ArgumentException(FormattableString.Invariant($"Parameters: {name} of {_rule} was {value}, expected {min} to {max}"));
    }

    /// <exception cref="ArgumentException">A configured parameter was not asked for; the message lists those that were.</exception>
    internal void RequireAllRead()
    {
        foreach (var name in _values.Keys)
        {
            if (!_read.Contains(name)) throw new ArgumentException($"Parameters: {_rule} has no '{name}'; it has: {(_read.Count == 0 ? "none" : string.Join(", ", _read))}");
        }
    }

    private double? Take(string name)
    {
        _read.Add(name);
        return _values.TryGetValue(name, out var value) ? value : null;
    }
}
