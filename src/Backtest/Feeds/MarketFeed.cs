using Granary.Backtest.Runs;
using Granary.Backtest.Validation;
using Granary.Engine.Margin;
using Granary.Engine.Market;

namespace Granary.Backtest.Feeds;

/// <summary>What was recorded of one symbol. Can be run any number of times, also at once.</summary>
public abstract class MarketFeed
{
    private protected MarketFeed(SymbolRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Rules = rules;
    }

    /// <summary>Upper-case symbol.</summary>
    public string Symbol => Rules.Symbol;

    /// <summary>The venue's rules of the symbol.</summary>
    public SymbolRules Rules { get; }

    /// <summary>Funding settlements by rising time; none by default.</summary>
    public IReadOnlyList<FundingRate> Funding { get; init; } = [];

    /// <summary>Its leverage ladder; null for the flat rate of the account's limits.</summary>
    public LeverageBrackets? Brackets { get; init; }

    /// <summary>
    /// A bar's volume of about fifty of the first trades, base units: enough to begin with. The bars that these trades make are all within the warm-up of the
    /// features, so the guess decides nothing that it has looked ahead for.
    /// </summary>
    internal abstract decimal GuessThreshold();

    /// <summary>The same market cut off at a time: nothing of what comes at or after it can be had from it.</summary>
    public abstract MarketFeed Until(long toMs);

    /// <summary>The same market with a disaster in it.</summary>
    public abstract MarketFeed Stressed(StressPath path);

    /// <summary>Time of the first event; long.MaxValue without one.</summary>
    internal abstract long FirstMs();

    internal abstract SymbolRun Start(RunSetup setup);
}
