using Granary.Engine.Market;

namespace Granary.Engine.Book;

/// <summary>Sums of quantities, which need more than the 64 bits of one.</summary>
internal static class BookAmount
{
    /// <summary>A sum of E8 numbers as a decimal, exact. Any sum of fewer than 10^17 quantities fits.</summary>
    public static decimal ToDecimal(Int128 e8) => e8 >= long.MinValue && e8 <= long.MaxValue ? Fixed8.ToDecimal((long)e8) : (decimal)e8 / Fixed8.One;
}
