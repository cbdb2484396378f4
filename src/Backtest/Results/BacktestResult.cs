using Granary.Backtest.Accounts;
using Granary.Backtest.Runs;
using Granary.Engine.Orders;
using Granary.Engine.Performance;
using Granary.Engine.Risk;

namespace Granary.Backtest.Results;

/// <summary>What a run came to.</summary>
public sealed record BacktestResult
{
    /// <summary>Where trading began, milliseconds since the Unix epoch, UTC; 0 without events.</summary>
    public required long StartMs { get; init; }

    /// <summary>The last event.</summary>
    public required long EndMs { get; init; }

    /// <summary>Wallet at the start, quote units.</summary>
    public required decimal Cash { get; init; }

    /// <summary>Wallet plus unrealised PnL at the end.</summary>
    public required decimal Equity { get; init; }

    /// <summary>Positions from flat to flat, in the order of closing. One still open at the end is not among them.</summary>
    public required IReadOnlyList<ClosedTrade> Trades { get; init; }

    /// <summary>The start, then the end of each UTC day.</summary>
    public required IReadOnlyList<EquityPoint> Days { get; init; }

    /// <summary>The account now and then, thinned out to a few thousand.</summary>
    public required IReadOnlyList<RunSample> Samples { get; init; }

    /// <summary>The symbols.</summary>
    public required IReadOnlyList<SymbolSummary> Symbols { get; init; }

    /// <summary>Fingerprint of all orders and executions, 64 hex digits.</summary>
    public required string OrderHash { get; init; }

    /// <summary>Orders sent.</summary>
    public required long Orders { get; init; }

    /// <summary>Executions.</summary>
    public required long Fills { get; init; }

    /// <summary>Executions of resting orders.</summary>
    public required long MakerFills { get; init; }

    /// <summary>Executions of taking orders more than a minute after they arrived.</summary>
    public required long StaleFills { get; init; }

    /// <summary>Executions of taking orders at prices better than the market offered.</summary>
    public required long FillsBeyondMarket { get; init; }

    /// <summary>Whether every symbol had a recorded book.</summary>
    public required bool HasBook { get; init; }

    /// <summary>Notional that rested, quote units.</summary>
    public required decimal MakerNotional { get; init; }

    /// <summary>Notional of all executions, quote units.</summary>
    public required decimal Turnover { get; init; }

    /// <summary>Fees paid, quote units.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Funding received (negative: paid), quote units.</summary>
    public required decimal Funding { get; init; }

    /// <summary>What taking fills were worse than the prices decided on, quote units.</summary>
    public required decimal SlippageCost { get; init; }

    /// <summary>Forced liquidations.</summary>
    public required int Liquidations { get; init; }

    /// <summary>What the wallet lacked after them, quote units.</summary>
    public required decimal Shortfall { get; init; }

    /// <summary>Deepest drawdown of the equity at every look, 0 or negative.</summary>
    public required double DeepestDrawdown { get; init; }

    /// <summary>Share of the looks at which a position was held.</summary>
    public required double ExposureShare { get; init; }

    /// <summary>Largest, mean and median multiple of equity held.</summary>
    public required (double Max, double Mean, double? Median) Leverage { get; init; }

    /// <summary>Largest and median sum of notionals while something was held, quote units.</summary>
    public required (decimal Max, decimal? Median) PositionValue { get; init; }

    /// <summary>Proposals that were refused, by reason.</summary>
    public required IReadOnlyDictionary<RefusalReason, long> Refusals { get; init; }

    /// <summary>How orders ended.</summary>
    public required IReadOnlyDictionary<OrderStatus, long> OrderEnds { get; init; }

    /// <summary>Cancels sent.</summary>
    public required long CancelsSent { get; init; }

    /// <summary>From decisions to arrivals at the venue, milliseconds, rising.</summary>
    public required IReadOnlyList<double> OrderWaysMs { get; init; }

    /// <summary>From decisions to first fills, milliseconds, rising.</summary>
    public required IReadOnlyList<double> FillWaitsMs { get; init; }

    /// <summary>How prices moved after the fills of resting orders.</summary>
    public required IReadOnlyList<Markout> Markouts { get; init; }

    internal static BacktestResult Of(SimulatedAccount account, IReadOnlyList<SymbolRun> runs, BacktestOptions options, long startMs, long endMs)
    {
        var journal = account.Journal;
        double[] leverages = [.. journal.Leverages.Where(l => l > 0).Order()];
        decimal[] positions = [.. journal.Positions.Where(p => p > 0).Order()];
        return new BacktestResult
        {
            StartMs = startMs,
            EndMs = endMs,
            Cash = options.Cash,
            Equity = account.Equity,
            Trades = journal.Trades,
            Days = journal.Days,
            Samples = journal.Samples,
            Symbols = [.. runs.Select((run, i) => Summary(run, account.Symbols[i]))],
            OrderHash = journal.Hash,
            Orders = journal.Orders,
            Fills = journal.Fills,
            MakerFills = journal.MakerFills,
            StaleFills = journal.StaleFills,
            FillsBeyondMarket = journal.FillsBeyondMarket,
            HasBook = account.Symbols.All(s => s.Venue.Book is not null),
            MakerNotional = journal.MakerNotional,
            Turnover = journal.Turnover,
            Fees = journal.Fees,
            Funding = journal.Funding,
            SlippageCost = journal.SlippageCost,
            Liquidations = journal.Liquidations,
            Shortfall = journal.Shortfall,
            DeepestDrawdown = journal.DeepestDrawdown,
            ExposureShare = journal.SampleCount == 0 ? 0 : (double)journal.ExposedCount / journal.SampleCount,
            Leverage = (journal.LeverageMax, journal.LeverageMean, Granary.Engine.Statistics.Sample.Quantile(leverages, 0.5)),
            PositionValue = (journal.PositionMax, positions.Length == 0 ? null : positions[positions.Length / 2]),
            Refusals = journal.Refusals,
            OrderEnds = journal.Ends,
            CancelsSent = journal.CancelsSent,
            OrderWaysMs = [.. journal.Ways.Items.Select(ms => (double)ms).Order()],
            FillWaitsMs = [.. journal.Waits.Select(ms => (double)ms).Order()],
            Markouts = MarkoutTracker.Collect(account.Symbols.Select(s => s.Markouts)),
        };
    }

    private static SymbolSummary Summary(SymbolRun run, AccountSymbol symbol) => new(
        symbol.Rules.Symbol, run.TradeCount, run.RejectedCount, run.BarCount, run.BarDigest, symbol.Ledger.Quantity, run.LastMs,
        symbol.Prices.Items, symbol.Days);
}
