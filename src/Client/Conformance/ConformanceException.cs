namespace Granary.Client.Conformance;

/// <summary>A parameter or an input cannot be used; the message names the file, the key or line, and what was expected.</summary>
/// <param name="message">Names the file, the key or line, and what was expected.</param>
/// <param name="inner">What it came from, or null.</param>
public sealed class ConformanceException(string message, Exception? inner = null) : Exception(message, inner);
