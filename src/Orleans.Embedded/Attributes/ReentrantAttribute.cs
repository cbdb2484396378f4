namespace Orleans.Concurrency;

/// <summary>All calls of the class may interleave at their awaits; turns still never run at once.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
