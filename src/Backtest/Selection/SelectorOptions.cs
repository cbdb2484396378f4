using Granary.Engine.Selection;

namespace Granary.Backtest.Selection;

/// <summary>Everything about a run of the selector but the candles.</summary>
public sealed record SelectorOptions
{
    /// <summary>The most pairs of holding period and offset: 1,000.</summary>
    public const int VariantsMax = 1_000;

    /// <summary>What is selected and by which rules; as live, a symbol without a trade for 24 candles is left out.</summary>
    public SelectionOptions Selection { get; init; } = new() { FlatCountMax = 24 };

    /// <summary>Wallet at the start, quote units, above 0; null (default) for the selection's capital.</summary>
    public decimal? Cash { get; init; }

    /// <summary>Candles from one rebalance to the next, 1 to 10,000 each; default 1.</summary>
    public IReadOnlyList<int> HoldCandles { get; init; } = [1];

    /// <summary>Which candle of each period: 0 is the one that closes at a whole multiple of the period since the epoch. Null for all of them.</summary>
    public IReadOnlyList<int>? Offsets { get; init; } = [0];

    /// <summary>Share of a target by which a position may be off without being traded, 0 to 1; default 0.05.</summary>
    public decimal Tolerance { get; init; } = 0.05m;

    /// <summary>What trading costs.</summary>
    public SelectorCosts Costs { get; init; } = new();

    /// <summary>The symbol that beta is measured to; default BTCUSDT.</summary>
    public string Benchmark { get; init; } = "BTCUSDT";

    /// <summary>First moment of trading, milliseconds since the Unix epoch, UTC. Candles before it still warm the factors up.</summary>
    public long FromMs { get; init; } = long.MinValue;

    /// <summary>End, exclusive.</summary>
    public long ToMs { get; init; } = long.MaxValue;

    /// <summary>The pairs of holding period and offset that are run, each on an account of its own.</summary>
    public IReadOnlyList<SelectorVariant> Variants =>
    [
        .. HoldCandles.SelectMany(hold => (Offsets ?? [.. Enumerable.Range(0, hold)]).Where(offset => offset < hold)
            .Select(offset => new SelectorVariant(hold, offset))),
    ];

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Selection);
        ArgumentNullException.ThrowIfNull(Costs);
        Selection.Validate();
        Costs.Validate();
        if (Cash is <= 0) throw new ArgumentException(FormattableString.Invariant($"{nameof(Cash)} was {Cash}, expected above 0"), nameof(Cash));
        foreach (var hold in HoldCandles)
            if (hold is < 1 or > 10_000) throw new ArgumentException($"{nameof(HoldCandles)} held {hold}, expected 1 to 10000", nameof(HoldCandles));
        foreach (var offset in Offsets ?? [])
            if (offset is < 0 or >= 10_000) throw new ArgumentException($"{nameof(Offsets)} held {offset}, expected 0 to 9999", nameof(Offsets));
        if (Tolerance is < 0 or > 1)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(Tolerance)} was {Tolerance}, expected 0 to 1"), nameof(Tolerance));
        var variants = Variants.Count;
        if (variants == 0) throw new ArgumentException("no offset is smaller than a holding period, so nothing would ever be traded", nameof(Offsets));
        if (variants > VariantsMax)
            throw new ArgumentException($"{variants} pairs of holding period and offset, at most {VariantsMax} are run at once", nameof(HoldCandles));
    }
}
