using Granary.Engine.Orders;

namespace Granary.Venues.Ports;

/// <summary>The outcome of a request about a trigger order; kinds mean what they mean for orders.</summary>
/// <param name="Kind">What is known.</param>
/// <param name="Report">As the venue described it; only with <see cref="OrderAnswerKind.Accepted"/>, and null also there after a cancel.</param>
/// <param name="Code">The venue's error code, or 0.</param>
/// <param name="Message">The venue's message, or what happened on the way; never holds a secret.</param>
public sealed record TriggerOrderAnswer(OrderAnswerKind Kind, TriggerOrderReport? Report, int Code, string Message);
