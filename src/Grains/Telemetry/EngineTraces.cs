using System.Diagnostics;
using Orleans.Runtime;

namespace Granary.Grains.Telemetry;

/// <summary>
/// The way from a tick to its order as spans of one trace, on the source "Granary": bar, propose, gate, order. A grain's turns share nothing with those of its
/// caller, so the span travels with the call. While nobody listens a span is null, and costs a comparison.
/// </summary>
public static class EngineTraces
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "Granary";

    /// <summary>Under which name the span travels, in the form of W3C's traceparent.</summary>
    private const string ContextKey = "granary.traceparent";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>A closed bar, from its last trade to the end of what it led to.</summary>
    public static Activity? Bar(string symbol) => Start("bar")?.AddTag("symbol", symbol);

    /// <summary>A proposal, from asking the risk gate to its answer.</summary>
    public static Activity? Propose(string intentId, string account) => Start("propose")?.AddTag("intent", intentId).AddTag("account", account);

    /// <summary>The risk gate's decision.</summary>
    public static Activity? Gate(string intentId) => Start("gate")?.AddTag("intent", intentId);

    /// <summary>An order, from the request to the venue's answer.</summary>
    public static Activity? Order(string clientOrderId) => Start("order", ActivityKind.Client)?.AddTag("order", clientOrderId);

    private static Activity? Start(string name, ActivityKind kind = ActivityKind.Internal)
    {
        if (!Source.HasListeners()) return null;
        ActivityContext.TryParse(RequestContext.Get(ContextKey) as string, null, out var parent);
        var span = Source.StartActivity(name, kind, Activity.Current?.Context ?? parent);
        if (span?.Id is { } id) RequestContext.Set(ContextKey, id);
        return span;
    }
}
