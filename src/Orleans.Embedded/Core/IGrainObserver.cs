using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of interfaces by which grains call objects that are no grains; best effort.</summary>
public interface IGrainObserver : IAddressable;
