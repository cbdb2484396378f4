namespace Granary.Exchange.Contracts;

/// <summary>One amendment of an order.</summary>
/// <param name="AmendmentId">Rises across the whole exchange.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="OrderId">The order.</param>
/// <param name="ClientOrderId">The order's client id.</param>
/// <param name="TimeMs">Market time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="PriceBefore">Quote units.</param>
/// <param name="PriceAfter">Quote units.</param>
/// <param name="QuantityBefore">Base units.</param>
/// <param name="QuantityAfter">Base units.</param>
/// <param name="Count">1 for the order's first amendment.</param>
/// <param name="PriceMatch">Where the price came from.</param>
public sealed record OrderAmendment(
    long AmendmentId, string Symbol, long OrderId, string ClientOrderId, long TimeMs, decimal PriceBefore, decimal PriceAfter, decimal QuantityBefore,
    decimal QuantityAfter, int Count, PriceMatch PriceMatch);
