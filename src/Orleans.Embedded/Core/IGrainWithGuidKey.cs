using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of grain interfaces whose key is a <see cref="Guid"/>.</summary>
public interface IGrainWithGuidKey : IGrain, IAddressable;
