using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of grain interfaces whose key is a string.</summary>
public interface IGrainWithStringKey : IGrain, IAddressable;
