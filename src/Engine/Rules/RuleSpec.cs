namespace Granary.Engine.Rules;

/// <summary>A rule with its parameters, as configured.</summary>
public sealed record RuleSpec
{
    /// <summary>Name of the rule's class; the name of a rule, required.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its parameters, for example Lookback=40; name=value, default none. What is not given has the rule's own default.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Checks that the rule exists and takes the parameters.</summary>
    /// <exception cref="ArgumentException">It is not so; the message names the rules there are, or the parameter, its value and the range.</exception>
    public void Validate() => RuleCatalog.Create(this);
}
