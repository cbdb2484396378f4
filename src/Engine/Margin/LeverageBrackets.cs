namespace Granary.Engine.Margin;

/// <summary>
/// A symbol's leverage ladder. Maintenance margin is notional * rate - cumulative amount of the notional's step, with
/// cumulative_n = floor_n * (rate_n - rate_n-1) + cumulative_n-1, so that it has no jumps: a tax table for positions. The cumulative amounts are computed
/// here rather than taken from the venue, whose rounded ones would tear the table at the steps. A notional above the last cap counts as of the last step.
/// </summary>
public sealed class LeverageBrackets
{
    /// <summary>Steps that fit.</summary>
    public const int CountMax = 64;

    private readonly LeverageBracket[] _brackets;
    private readonly decimal[] _cumulative;

    /// <summary>Makes a ladder.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="brackets">From the smallest notional to the largest.</param>
    /// <exception cref="ArgumentException">The steps are none, too many, or do not continue each other; the message names the step and the field.</exception>
    public LeverageBrackets(string symbol, IReadOnlyList<LeverageBracket> brackets)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        if (brackets.Count is 0 or > CountMax) throw new ArgumentException($"{symbol} has {brackets.Count} leverage brackets, expected 1 to {CountMax}");
        Symbol = symbol;
        _brackets = [.. brackets];
        _cumulative = new decimal[_brackets.Length];
        for (var i = 0; i < _brackets.Length; i++)
        {
            Require(i);
            if (i > 0)
                _cumulative[i] = (_brackets[i].NotionalFloor * (_brackets[i].MaintenanceRate - _brackets[i - 1].MaintenanceRate)) + _cumulative[i - 1];
        }
    }

    /// <summary>Upper-case symbol.</summary>
    public string Symbol { get; }

    /// <summary>The steps, from the smallest notional to the largest.</summary>
    public IReadOnlyList<LeverageBracket> Steps => _brackets;

    /// <summary>A ladder of one endless step, for a symbol whose own is not known.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="maintenanceRate">Share of the notional, 0 or more, below 1.</param>
    /// <param name="leverageMax">1 or more.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static LeverageBrackets Flat(string symbol, decimal maintenanceRate, int leverageMax = 125) =>
        new(symbol, [new LeverageBracket(0, decimal.MaxValue, leverageMax, maintenanceRate)]);

    /// <summary>Index of the step that a notional is in.</summary>
    /// <param name="notional">Quote units, 0 or more.</param>
    public int IndexOf(decimal notional)
    {
        var i = 0;
        while (i < _brackets.Length - 1 && notional > _brackets[i].NotionalCap) i++;
        return i;
    }

    /// <summary>The amount that makes a step's margin continue the one before, quote units.</summary>
    /// <param name="index">Index of the step.</param>
    public decimal Cumulative(int index) => _cumulative[index];

    /// <summary>Maintenance margin of a position, quote units.</summary>
    /// <param name="notional">|position| * mark, quote units, 0 or more.</param>
    public decimal Maintenance(decimal notional)
    {
        var i = IndexOf(notional);
        return (notional * _brackets[i].MaintenanceRate) - _cumulative[i];
    }

    /// <summary>Highest leverage that the venue allows a position of this notional.</summary>
    public int LeverageMaxAt(decimal notional) => _brackets[IndexOf(notional)].LeverageMax;

    /// <summary>Largest notional that the venue allows at a leverage (-2027 above it), quote units; 0 when it does not allow the leverage at all.</summary>
    public decimal NotionalMaxAt(decimal leverage)
    {
        var max = 0m;
        foreach (var bracket in _brackets)
        {
            if (leverage > bracket.LeverageMax) break;
            max = bracket.NotionalCap;
        }
        return max;
    }

    private void Require(int i)
    {
        var bracket = _brackets[i];
        var floor = i == 0 ? 0 : _brackets[i - 1].NotionalCap;
        if (bracket.NotionalFloor != floor) throw Wrong(i, nameof(bracket.NotionalFloor), bracket.NotionalFloor, $"{floor}, where the step before ends");
        if (bracket.NotionalCap <= floor) throw Wrong(i, nameof(bracket.NotionalCap), bracket.NotionalCap, $"above {floor}");
        var rate = i == 0 ? 0 : _brackets[i - 1].MaintenanceRate;
        if (bracket.MaintenanceRate < rate || bracket.MaintenanceRate >= 1)
            throw Wrong(i, nameof(bracket.MaintenanceRate), bracket.MaintenanceRate, $"{rate} or more, below 1");
        var leverage = i == 0 ? int.MaxValue : _brackets[i - 1].LeverageMax;
        if (bracket.LeverageMax < 1 || bracket.LeverageMax > leverage)
            throw Wrong(i, nameof(bracket.LeverageMax), bracket.LeverageMax, $"1 to {leverage}");
    }

    private ArgumentException Wrong(int i, string field, decimal value, string expected) =>
        new(FormattableString.Invariant($"{Symbol} leverage bracket {i + 1}: {field} was {value}, expected {expected}"));
}
