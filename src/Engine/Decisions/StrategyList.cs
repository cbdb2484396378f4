using Granary.Engine.Rules;

namespace Granary.Engine.Decisions;

/// <summary>Lists of the strategies that a symbol asks, by name.</summary>
public static class StrategyList
{
    /// <summary>Rules in a list at most: with the signals they fill a proposal.</summary>
    public const int RulesMax = 6;

    /// <summary>Whether the name is of a rule rather than of a signal.</summary>
    public static bool IsRule(string name) => RuleCatalog.Has(name);

    /// <summary>The rules of a list, in its order, each with its parameters.</summary>
    /// <param name="names">The list.</param>
    /// <param name="specs">Parameters; a rule that is not among them has its defaults.</param>
    public static IReadOnlyList<RuleSpec> RulesOf(IReadOnlyList<string> names, IReadOnlyList<RuleSpec> specs) =>
        [.. names.Where(IsRule).Select(name => RuleOf(name, specs))];

    /// <summary>A rule with its parameters; one that is not listed has its defaults.</summary>
    public static RuleSpec RuleOf(string name, IReadOnlyList<RuleSpec> specs) => specs.FirstOrDefault(s => s.Name == name) ?? new RuleSpec { Name = name };

    /// <summary>Says what is wrong with a list; null when nothing is.</summary>
    public static string? Complaint(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.FirstOrDefault(name => !SignalNames.All.Contains(name) && !IsRule(name)) is { } unknown)
            return $"there is no strategy '{unknown}'; configure one of: {string.Join(", ", SignalNames.All.Concat(RuleCatalog.Names))}";
        if (names.Count(IsRule) > RulesMax) return $"{names.Count(IsRule)} rules are too many; at most {RulesMax} are asked of a bar";
        return names.Contains(SignalNames.Reversion) && !(names.Contains(SignalNames.Regime) && names.Contains(SignalNames.Momentum))
            ? $"{SignalNames.Reversion} needs {SignalNames.Regime} and {SignalNames.Momentum}, whose decisions it rests on; configure all three, or leave {SignalNames.Reversion} out"
            : null;
    }
}
