namespace Granary.Exchange.Contracts;

/// <summary>An asset, other than the quote's, that an account pays its commissions in. The account is taken to hold enough of it; its balance is not kept.</summary>
/// <param name="Asset">Upper-case name, for example BNB.</param>
/// <param name="Price">Quote units of one, above 0.</param>
public sealed record FeeAsset(string Asset, decimal Price);
