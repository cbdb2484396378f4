namespace Orleans.Concurrency;

/// <summary>The caller does not wait: no result, no error, no back-pressure. Only for hints.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
