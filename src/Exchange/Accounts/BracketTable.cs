using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>A symbol's brackets, checked, with the sums that are made of them. Maintenance margin is continuous and grows with the notional.</summary>
internal sealed class BracketTable
{
    /// <summary>Takes the brackets after checking them.</summary>
    /// <exception cref="ArgumentException">Names the symbol, the bracket and what is wrong with it.</exception>
    public BracketTable(string symbol, IReadOnlyList<LeverageBracket> brackets)
    {
        if (brackets.Count == 0) throw new ArgumentException($"{symbol} has no leverage brackets; give it at least one");
        for (var i = 0; i < brackets.Count; i++)
        {
            if (Fault(brackets, i) is { } fault) throw new ArgumentException($"{symbol}, leverage bracket {brackets[i].Bracket}: {fault}");
        }
        Brackets = brackets;
    }

    public IReadOnlyList<LeverageBracket> Brackets { get; }

    public int LeverageMax => Brackets[0].InitialLeverage;

    /// <summary>The bracket of a notional; the last one for notionals above its cap.</summary>
    public LeverageBracket Of(decimal notional)
    {
        foreach (var bracket in Brackets)
            if (notional <= bracket.NotionalCap) return bracket;
        return Brackets[^1];
    }

    public decimal Maintenance(decimal notional)
    {
        var bracket = Of(notional);
        return (notional * bracket.MaintenanceRate) - bracket.Cum;
    }

    /// <summary>The largest position allowed at a leverage.</summary>
    public decimal NotionalMax(int leverage)
    {
        var max = 0m;
        foreach (var bracket in Brackets)
            if (bracket.InitialLeverage >= leverage) max = bracket.NotionalCap;
        return max;
    }

    private static string? Fault(IReadOnlyList<LeverageBracket> brackets, int i)
    {
        var bracket = brackets[i];
        if (bracket.MaintenanceRate is < 0 or >= 1) return $"maintMarginRatio was {bracket.MaintenanceRate}; allowed is 0 to below 1";
        if (bracket.InitialLeverage is < 1 or > 1000) return $"initialLeverage was {bracket.InitialLeverage}; allowed is 1 to 1000";
        if (bracket.NotionalCap <= bracket.NotionalFloor) return $"notionalCap {bracket.NotionalCap} is not above notionalFloor {bracket.NotionalFloor}";
        if (i == 0) return bracket.NotionalFloor != 0 || bracket.Cum != 0 ? "the first one begins at notionalFloor 0 with cum 0" : null;
        var before = brackets[i - 1];
        if (bracket.NotionalFloor != before.NotionalCap) return $"notionalFloor {bracket.NotionalFloor} is not the cap before it, {before.NotionalCap}";
        if (bracket.InitialLeverage > before.InitialLeverage) return "initialLeverage rises";
        if (bracket.MaintenanceRate < before.MaintenanceRate) return "maintMarginRatio falls";
        var cum = (bracket.NotionalFloor * (bracket.MaintenanceRate - before.MaintenanceRate)) + before.Cum;
        // Published amounts are rounded.
        return Math.Abs(bracket.Cum - cum) <= 0.01m ? null : $"cum was {bracket.Cum}, but the brackets make it {cum}";
    }
}
