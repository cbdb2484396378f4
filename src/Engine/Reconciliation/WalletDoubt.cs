namespace Granary.Engine.Reconciliation;

/// <summary>A difference of wallets that was seen once.</summary>
/// <param name="Difference">The venue's wallet less the books', quote units.</param>
/// <param name="FillCount">Fills in the books while it was seen.</param>
public sealed record WalletDoubt(decimal Difference, long FillCount);
