namespace Granary.Client.Api;

/// <summary>A list as the silo sends it.</summary>
/// <typeparam name="T">Type of the rows.</typeparam>
public sealed record ItemList<T>
{
    /// <summary>The rows.</summary>
    public IReadOnlyList<T> Items { get; init; } = [];
}
