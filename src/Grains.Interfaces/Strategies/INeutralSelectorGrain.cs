namespace Granary.Grains.Interfaces.Strategies;

/// <summary>The cross-sectional neutral selector of an account. Key: the account's name.</summary>
[Alias("granary.INeutralSelectorGrain")]
public interface INeutralSelectorGrain : IKeepAlive;
