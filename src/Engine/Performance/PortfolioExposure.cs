namespace Granary.Engine.Performance;

/// <summary>A book by side, quote units.</summary>
/// <param name="Long">Sum of the long notionals.</param>
/// <param name="Short">Sum of the short notionals, 0 or more.</param>
/// <param name="LongCount">Symbols held long.</param>
/// <param name="ShortCount">Symbols held short.</param>
public sealed record PortfolioExposure(decimal Long, decimal Short, int LongCount, int ShortCount)
{
    /// <summary>Long and short together.</summary>
    public decimal Gross => Long + Short;

    /// <summary>Long less short.</summary>
    public decimal Net => Long - Short;

    /// <summary>Adds up a book.</summary>
    public static PortfolioExposure Of(IReadOnlyList<PortfolioPosition> positions)
    {
        decimal longs = 0, shorts = 0;
        int longCount = 0, shortCount = 0;
        foreach (var position in positions)
        {
            if (position.Notional > 0) (longs, longCount) = (longs + position.Notional, longCount + 1);
            if (position.Notional < 0) (shorts, shortCount) = (shorts - position.Notional, shortCount + 1);
        }
        return new PortfolioExposure(longs, shorts, longCount, shortCount);
    }
}
