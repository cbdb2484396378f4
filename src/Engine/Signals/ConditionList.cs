namespace Granary.Engine.Signals;

/// <summary>How decisions find a condition.</summary>
internal static class ConditionList
{
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Condition Named(this IReadOnlyList<Condition> conditions, string name)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].Name == name) return conditions[i];
        }
        throw new ArgumentException($"no condition is named '{name}'", nameof(name));
    }
}
