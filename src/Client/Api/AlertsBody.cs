namespace Granary.Client.Api;

/// <summary>The alerts of a silo.</summary>
public sealed record AlertsBody
{
    /// <summary>Those that stand.</summary>
    public IReadOnlyList<AlertBody> Active { get; init; } = [];

    /// <summary>The latest messages, newest first.</summary>
    public IReadOnlyList<AlertBody> Recent { get; init; } = [];
}
