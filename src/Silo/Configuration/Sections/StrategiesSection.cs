using Granary.Engine.Signals;

namespace Granary.Silo.Configuration.Sections;

/// <summary>Parameters of the strategies.</summary>
public sealed record StrategiesSection
{
    /// <summary>Order-flow momentum.</summary>
    public MomentumOptions Momentum { get; init; } = new();
}
