namespace Granary.Exchange.Contracts;

/// <summary>An asset, other than the quote's, that an account pays its commissions in. Its balance is not kept: there is enough of it.</summary>
/// <param name="Asset">Upper-case name, for example BNB.</param>
/// <param name="Price">Quote units of one, above 0.</param>
public sealed record FeeAsset(string Asset, decimal Price);
