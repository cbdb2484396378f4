namespace Orleans.Concurrency;

/// <summary>Calls of the method start while any other call of the activation is awaiting something.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
