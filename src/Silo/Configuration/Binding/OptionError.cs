namespace Granary.Silo.Configuration.Binding;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Path">The option, for example Engine:BatchWaitMs.</param>
/// <param name="Message">The option with its value and what is allowed, as one sentence.</param>
public sealed record OptionError(string Path, string Message);
