using Granary.Engine.Market;

namespace Granary.Exchange.Protocol;

/// <summary>How a symbol's numbers and assets are spelled on the wire.</summary>
internal sealed class SymbolFormat
{
    private static readonly string[] QuoteAssets = ["USDT", "USDC", "FDUSD", "BUSD", "USD", "BTC", "ETH"];

    public SymbolFormat(SymbolRules rules)
    {
        Rules = rules;
        Lower = rules.Symbol.ToLowerInvariant();
        PriceScale = Math.Max(rules.PricePrecision, DecimalsOf(rules.TickSize));
        QuantityScale = Math.Max(rules.QuantityPrecision, DecimalsOf(rules.StepSize));
        AverageScale = Math.Max(5, PriceScale);
        QuoteAsset = Array.Find(QuoteAssets, quote => rules.Symbol.Length > quote.Length && rules.Symbol.EndsWith(quote, StringComparison.Ordinal)) ?? "USDT";
        BaseAsset = rules.Symbol.EndsWith(QuoteAsset, StringComparison.Ordinal) ? rules.Symbol[..^QuoteAsset.Length] : rules.Symbol;
    }

    public SymbolRules Rules { get; }

    public string Symbol => Rules.Symbol;

    /// <summary>The symbol as stream names spell it.</summary>
    public string Lower { get; }

    public string BaseAsset { get; }

    public string QuoteAsset { get; }

    /// <summary>What a fill's fee was paid in.</summary>
    public string FeeAssetOf(Contracts.ExchangeFill fill) => fill.FeeAsset.Length > 0 ? fill.FeeAsset : QuoteAsset;

    /// <summary>Decimals of prices.</summary>
    public int PriceScale { get; }

    /// <summary>Decimals of quantities.</summary>
    public int QuantityScale { get; }

    /// <summary>Decimals of average prices: rounded quotients, unlike every other number.</summary>
    public int AverageScale { get; }

    /// <summary>Significant decimals: trailing zeros do not count.</summary>
    public static int DecimalsOf(decimal value)
    {
        int decimals = value.Scale;
        while (decimals > 0 && decimal.Round(value, decimals - 1, MidpointRounding.ToZero) == value) decimals--;
        return decimals;
    }

    /// <summary>executed quote / executed base, rounded half to even at <see cref="AverageScale"/>; 0 when nothing was executed.</summary>
    public decimal AveragePrice(decimal executedQuote, decimal executedQuantity) =>
        executedQuantity == 0 ? 0 : decimal.Round(executedQuote / executedQuantity, AverageScale);
}
