namespace Granary.Simulation.Scenarios;

/// <summary>
/// The failures of other engines that this one survives, by number: N from NautilusTrader, L from LEAN and its brokerages, H from Hummingbot, F from freqtrade.
/// Each has at least one test whose name begins with the number.
/// </summary>
internal static class ScenarioRows
{
    /// <summary>Every row and what broke.</summary>
    public static IReadOnlyList<(string Id, string Broke)> All { get; } =
    [
        ("N1", "a fill came before its symbol was known, was dropped, and an invented one made a position that nobody had"),
        ("N2", "the user stream was dead after its listen key ended"),
        ("N3", "a position older than the venue's history could not be reconciled; the engine did not start"),
        ("N4", "reconciliation never came to an end where the venue said flat"),
        ("N5", "a time-out was taken for a refusal while the order lived"),
        ("N6", "memory grew while quoting 25 symbols"),
        ("N7", "a surge of volume filled a queue, and data was lost"),
        ("N8", "bars of a feed gap were made up"),
        ("N9", "orders of an account in hedge mode were refused"),
        ("N10", "reconnections blocked each other, a limiter never opened again, a storm of requests at the start led to a ban"),
        ("L1", "a market order was filled, and stayed open in the engine"),
        ("L2", "fills were lost while the connection looked healthy"),
        ("L3", "an order placed by hand ended the engine"),
        ("L4", "a liquidation was ignored"),
        ("L5", "a position below the smallest notional could not be closed"),
        ("L6", "a stream was acknowledged and silent"),
        ("L7", "too many subscription messages a second ended the connection"),
        ("L8", "bars lacked trades live, came out of order, or were made up by the hundred thousand"),
        ("L9", "a reader that stalled took the memory of the engine"),
        ("L10", "a nightly reset, an order that could not be cancelled, a fill during a change of its order"),
        ("H1", "an order that the venue did not show yet was sent again"),
        ("H2", "no fills were seen after exactly one hour"),
        ("H3", "the user stream did not come back after a break"),
        ("H4", "gaps in the order book were applied in silence"),
        ("H5", "a close whose fill was late was sent again"),
        ("H6", "two exits at once closed the position twice"),
        ("H7", "a crash left a position without its stop"),
        ("H8", "rate limits were ignored until the venue banned the engine"),
        ("H9", "a clock that was off ended the engine"),
        ("H10", "consoles and caches grew without bound"),
        ("H11", "rounding made prices that the venue refuses"),
        ("H12", "a stale balance doubled orders, a rule without numbers stopped the engine, a maker was silent for hours"),
        ("F1", "stops were orphaned, and a position had several"),
        ("F2", "the venue changed its interface, stops were refused, the position was naked"),
        ("F3", "a restart gave the fill of an old stop to the reversed position"),
        ("F4", "a position closed by hand was not noticed"),
        ("F5", "a trade by hand was taken into the engine's own"),
        ("F6", "dust kept a trade open"),
        ("F7", "decisions were made on old history, or late"),
        ("F8", "several engines at one address were banned"),
        ("F9", "a stop that could not be placed led to panic, or to nothing"),
        ("F10", "a half-written record kept the engine from starting; a loop hung for hours in silence"),
        ("F11", "a look into the future passed the check for it"),
    ];
}
