namespace Granary.Engine.Book;

/// <summary>How an order book is kept.</summary>
public sealed record OrderBookOptions
{
    /// <summary>The venue's numbering. Default <see cref="BookChain.Futures"/>.</summary>
    public BookChain Chain { get; init; } = BookChain.Futures;

    /// <summary>
    /// Best levels kept of each side after each change, 10 to 20000. Default 2000. When there are more the worst are forgotten; should the market move there, the forgotten
    /// levels are missing until they change or a snapshot brings them, which the book tells (<see cref="BookSide.IsCompleteTo"/>).
    /// </summary>
    public int LevelsMax { get; init; } = 2000;

    /// <summary>
    /// Best levels of each side that features look at, 0 to <see cref="LevelsMax"/>. Default 20. When they are no longer known to be complete a snapshot is
    /// asked for; 0 never asks. The changes within them are measured (<see cref="OrderBook.ChangedQuantity"/>).
    /// </summary>
    public int TopLevels { get; init; } = 20;

    /// <summary>
    /// Changes kept while waiting for a snapshot, 1 to 100000. Default 2000. When one more comes all are dropped and keeping starts over with it: a snapshot
    /// taken earlier is then <see cref="BookOutcome.Stale"/>.
    /// </summary>
    public int BufferedMax { get; init; } = 2000;

    /// <summary>Levels that the changes kept may hold together, 1 to 10000000. Default 131072 (2 MiB, taken only as needed). Same behaviour when full.</summary>
    public int BufferedLevelsMax { get; init; } = 131_072;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        Require(nameof(LevelsMax), LevelsMax, 10, 20_000);
        Require(nameof(TopLevels), TopLevels, 0, LevelsMax);
        Require(nameof(BufferedMax), BufferedMax, 1, 100_000);
        Require(nameof(BufferedLevelsMax), BufferedLevelsMax, 1, 10_000_000);
    }

    private static void Require(string name, int value, int min, int max)
    {
        if (value < min || value > max) throw new ArgumentException($"{name} is {value}; it must be {min} to {max}");
    }
}
