namespace Granary.Silo.Operator.Bodies;

/// <summary>A list; an object around it leaves room for more fields.</summary>
/// <typeparam name="T">Type of the rows.</typeparam>
/// <param name="Items">The rows.</param>
public sealed record ItemsBody<T>(IReadOnlyList<T> Items);
