namespace Granary.Exchange.State;

/// <summary>The exchange's folder cannot be used: in use, damaged, or of another configuration. The message names the file and what to do.</summary>
/// <param name="message">What happened, where, and what to do.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class StateException(string message, Exception? inner = null) : Exception(message, inner);
