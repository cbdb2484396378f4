namespace Granary.Grains.Interfaces.Strategies;

/// <summary>The maker-only volatility grid of an account in a symbol. Key: account/symbol.</summary>
[Alias("granary.IMakerGridGrain")]
public interface IMakerGridGrain : IKeepAlive;
