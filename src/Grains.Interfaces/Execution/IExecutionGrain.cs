using Granary.Grains.Interfaces.Risk;
using Orleans.Concurrency;

namespace Granary.Grains.Interfaces.Execution;

/// <summary>
/// Orders and position of one account in one symbol: sends what risk approved, follows every order to its end, keeps the books and reconciles them with
/// the venue. Key: account/symbol, for example main/BTCUSDT.
/// </summary>
[Alias("granary.IExecutionGrain")]
public interface IExecutionGrain : IKeepAlive
{
    /// <summary>Takes an approved order over: it is durable in the journal when this returns, and is then sent once. Known orders are not sent again.</summary>
    /// <returns>The version of the first view that contains the order.</returns>
    [Alias("Submit")]
    ValueTask<long> Submit(ApprovedOrderMessage message);

    /// <summary>An order event of the venue's user stream; durable when this returns.</summary>
    [Alias("OnOrder")]
    ValueTask OnOrder(OrderReportMessage message);

    /// <summary>A trigger order event of the venue's user stream; durable when this returns.</summary>
    [Alias("OnTrigger")]
    ValueTask OnTrigger(TriggerReportMessage message);

    /// <summary>Prices, and where the position's stop stands now; what gets lost is told again.</summary>
    [OneWay, AlwaysInterleave, Alias("OnMarket")]
    Task OnMarket(MarketNotice notice);

    /// <summary>Compares books and venue upon a suspicion, applies what was missed, and answers with the state that resulted. Asks for this symbol alone.</summary>
    [Alias("Reconcile")]
    ValueTask<ExecutionView> Reconcile(string reason);

    /// <summary>The same, as one of the account's symbols: with shared lists (<see cref="IAccountReaderGrain"/>), and fills where there is a reason.</summary>
    [AlwaysInterleave, Alias("ReconcileWithAccount")]
    ValueTask<ExecutionView> ReconcileWithAccount(string reason);

    /// <summary>A periodic round begins; what gets lost, the grain makes good by itself.</summary>
    [OneWay, AlwaysInterleave, Alias("OnRound")]
    Task OnRound();

    /// <summary>Cancels every live order in the symbol, foreign ones unless they are to be left; protective stops stay.</summary>
    [Alias("CancelAll")]
    ValueTask CancelAll(string reason);

    /// <summary>Gives up entries that are still being placed: nothing is to be opened any more.</summary>
    [OneWay, Alias("StopEntries")]
    Task StopEntries(string reason);

    /// <summary>An exit was asked for while another one is being placed with patience: that one takes now, so that there is one exit, as urgent as the most urgent.</summary>
    [OneWay, Alias("HastenExit")]
    Task HastenExit(string reason);

    /// <summary>What the gate allows the symbol's grid; said again every few seconds, and not heard it runs out.</summary>
    [Alias("OnStanding")]
    ValueTask OnStanding(StandingMessage message);

    /// <summary>The symbol's grid; null where it has none.</summary>
    [AlwaysInterleave, Alias("Grid")]
    ValueTask<GridView?> GetGrid();

    /// <summary>Pauses the grid (nothing is opened, take-profits go on) or resumes it, after a global stop too.</summary>
    /// <param name="action">pause or resume.</param>
    /// <param name="reason">Why, for the journal.</param>
    /// <param name="who">Who asks.</param>
    /// <exception cref="ArgumentException">Another action.</exception>
    /// <exception cref="InvalidOperationException">The symbol has no grid.</exception>
    [Alias("ControlGrid")]
    ValueTask<GridView> ControlGrid(string action, string reason, string who);

    /// <summary>The books as they stand; what the risk grain audits itself by.</summary>
    [AlwaysInterleave, Alias("View")]
    ValueTask<ExecutionView> GetView();

    /// <summary>What the orders cost so far, by strategy and purpose.</summary>
    [AlwaysInterleave, Alias("Slippage")]
    ValueTask<SlippageView[]> GetSlippage();
}
