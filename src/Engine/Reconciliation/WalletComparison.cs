namespace Granary.Engine.Reconciliation;

/// <summary>The wallet by the books and by the venue. Both are exact, so that any difference is a flow that nobody named, or a fill that is on its way.</summary>
public static class WalletComparison
{
    /// <summary>Compares. A difference is believed at the second look that shows the same one without a fill in between.</summary>
    /// <param name="books">The wallet by the books, quote units.</param>
    /// <param name="venue">The venue's wallet.</param>
    /// <param name="fillCount">Fills in the books, the same before and after the venue was asked.</param>
    /// <param name="doubt">What the comparison before left in doubt, or null.</param>
    /// <returns>The flow to book, or null; and what is in doubt now.</returns>
    public static (decimal? Flow, WalletDoubt? Doubt) Compare(decimal books, decimal venue, long fillCount, WalletDoubt? doubt)
    {
        if (venue == books) return (null, null);
        var seen = new WalletDoubt(venue - books, fillCount);
        return seen == doubt ? (seen.Difference, null) : (null, seen);
    }
}
