namespace Orleans.Runtime;

/// <summary>Whatever can be called by a reference: grains and observers.</summary>
public interface IAddressable;
