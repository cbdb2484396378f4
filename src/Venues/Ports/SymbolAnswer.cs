namespace Granary.Venues.Ports;

/// <summary>The outcome of a request about all orders of a symbol; kinds mean what they mean for orders.</summary>
/// <param name="Kind">What is known.</param>
/// <param name="Code">The venue's error code, or 0.</param>
/// <param name="Message">The venue's message, or what happened on the way; never holds a secret.</param>
public sealed record SymbolAnswer(OrderAnswerKind Kind, int Code, string Message);
