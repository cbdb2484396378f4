using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of grain interfaces whose key is a <see cref="long"/>.</summary>
public interface IGrainWithIntegerKey : IGrain, IAddressable;
