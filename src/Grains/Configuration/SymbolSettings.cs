using Granary.Engine.Features;

namespace Granary.Grains.Configuration;

/// <summary>One symbol's settings.</summary>
public sealed record SymbolSettings
{
    /// <summary>Upper-case symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Bars and features, with the volume threshold in base units.</summary>
    public required PipelineOptions Pipeline { get; init; }

    /// <summary>Strategies that are asked, by name; "momentum" is the one that exists.</summary>
    public IReadOnlyList<string> Strategies { get; init; } = ["momentum"];

    /// <summary>Accounts that the strategies' proposals go to, by name.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }
}
