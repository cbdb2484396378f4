using Granary.Engine.Orders;

namespace Granary.Venues.Ports;

/// <summary>The outcome of an order request.</summary>
/// <param name="Kind">What is known.</param>
/// <param name="Report">The order as the venue described it; only with <see cref="OrderAnswerKind.Accepted"/>.</param>
/// <param name="Code">The venue's error code, or 0.</param>
/// <param name="Message">The venue's message, or what happened on the way; never holds a secret.</param>
public sealed record OrderAnswer(OrderAnswerKind Kind, OrderReport? Report, int Code, string Message)
{
    /// <summary>An accepted order.</summary>
    public static OrderAnswer Accepted(OrderReport report) => new(OrderAnswerKind.Accepted, report, 0, "");
}
