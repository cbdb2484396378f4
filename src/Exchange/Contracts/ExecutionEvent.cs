namespace Granary.Exchange.Contracts;

/// <summary>An order's change.</summary>
/// <param name="Kind">NEW, TRADE, CALCULATED (closed by the insurance fund or by deleveraging, outside the book), CANCELED or EXPIRED (the x field).</param>
/// <param name="Order">The order after the change.</param>
/// <param name="Fill">The fill of a TRADE or CALCULATED, else null.</param>
/// <param name="ExpireReason">The er field; 0 for none.</param>
public sealed record ExecutionEvent(string Kind, ExchangeOrder Order, ExchangeFill? Fill, int ExpireReason);
