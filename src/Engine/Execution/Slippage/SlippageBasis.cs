namespace Granary.Engine.Execution.Slippage;

/// <summary>What an expectation of slippage rests on.</summary>
public enum SlippageBasis
{
    /// <summary>The levels of the book, and beyond them the square-root law.</summary>
    Book,

    /// <summary>The book for one slice, and the square-root law for the whole.</summary>
    Slices,

    /// <summary>The price impact of the bars before (formulas §4.5): there was no book, or it did not hold the order and the impact was not known.</summary>
    Bars,
}
