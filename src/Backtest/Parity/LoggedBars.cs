namespace Granary.Backtest.Parity;

/// <summary>The bars that orders were decided on.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Bars">Bars closed.</param>
/// <param name="Digest">Fingerprint of all of them.</param>
public sealed record LoggedBars(string Symbol, long Bars, string Digest);
