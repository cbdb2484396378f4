using Granary.Engine.Market;

namespace Granary.Client.Conformance;

/// <summary>One row of a candle file.</summary>
/// <param name="Symbol">The symbol; empty where the file has no such column.</param>
/// <param name="Candle">The candle.</param>
public readonly record struct SymbolCandle(string Symbol, Kline Candle);
