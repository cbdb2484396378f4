using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Granary.Engine.Rules;

/// <summary>
/// The rules that the configuration can name: every class of this assembly that is a <see cref="BarRule"/>, by the name of the class. They are found once, by
/// reflection; a build that trims this assembly must keep its types.
/// </summary>
public static class RuleCatalog
{
    /// <summary>Characters of a name at most: orders carry it to the venue.</summary>
    public const int NameLengthMax = 18;

    private static readonly SortedDictionary<string, ConstructorInfo> Rules = Find();

    /// <summary>Names of all rules, sorted.</summary>
    public static IReadOnlyCollection<string> Names => Rules.Keys;

    /// <summary>Whether there is a rule of this name.</summary>
    public static bool Has(string name) => Rules.ContainsKey(name);

    /// <summary>A rule before its first bar.</summary>
    /// <exception cref="ArgumentException">The rule is unknown, or a parameter unknown or out of range; the message says which.</exception>
    public static BarRule Create(RuleSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (!Rules.TryGetValue(spec.Name, out var constructor))
            throw new ArgumentException($"Name was '{spec.Name}', which is no rule; there are: {string.Join(", ", Rules.Keys)}");
        var parameters = new RuleParameters(spec);
        try
        {
            var rule = (BarRule)constructor.Invoke([parameters]);
            parameters.RequireAllRead();
            return rule;
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private static SortedDictionary<string, ConstructorInfo> Find()
    {
        var found = new SortedDictionary<string, ConstructorInfo>(StringComparer.Ordinal);
        foreach (var type in typeof(RuleCatalog).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(BarRule))))
        {
            var constructor = type.GetConstructor([typeof(RuleParameters)])
                ?? throw new InvalidOperationException($"{type} must have a public constructor that takes {nameof(RuleParameters)}");
            if (type.Name.Length > NameLengthMax) throw new InvalidOperationException($"{type}: the name has {type.Name.Length} characters; allowed are {NameLengthMax}");
            found.Add(type.Name, constructor);
        }
        return found;
    }
}
