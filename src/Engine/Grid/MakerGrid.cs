using Granary.Engine.Margin;
using Granary.Engine.Market;

namespace Granary.Engine.Grid;

/// <summary>
/// A maker grid in one symbol (seed 004, formulas §11.2): one or two ladders of virtual orders, and the real orders that carry them. Events in, commands
/// out; the
/// caller sends them. The rules of the exchange of orders:
/// <para>every command that is sent is told by <see cref="Sent"/> before it leaves, and lies in the journal then: fills of the meantime find their rungs
/// by the id;</para>
/// <para>commands are sent in their order, growing ones when those before are answered; when one of these fails, the rest is dropped and planned anew;</para>
/// <para>after a cut the missed fills are told first, then <see cref="Synchronize"/>, then planning goes on as ever.</para>
/// Prices are kept passive by the last quote, so that a post-only order crosses only when the market came first. Not safe for concurrent use.
/// </summary>
public sealed partial class MakerGrid
{
    private readonly GridOptions _options;
    private readonly SymbolRules _rules;
    private readonly GridLookback _lookback;
    private readonly GridLadder[] _ladders;
    private readonly GridOrders _orders;
    private readonly OrderDiffer _differ = new();
    private decimal _equity;
    private long _bidE8;
    private long _askE8;
    private long _markE8;
    private decimal _fees;
    private decimal _fundingPaid;
    private decimal _makerNotional;
    private decimal _takerNotional;
    private decimal _unexpectedTakerNotional;
    private long _unattributedE8;
    private int _rejectsInRow;
    private decimal? _notionalMax;
    private int _openMax;

    /// <summary>A grid without levels; they come with the first bar.</summary>
    /// <param name="options">How it trades.</param>
    /// <param name="rules">What the venue demands of orders in the symbol; tick and step with at most eight decimals.</param>
    /// <param name="brackets">The symbol's leverage ladder.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or tick or step are.</exception>
    public MakerGrid(GridOptions options, SymbolRules rules, LeverageBrackets brackets)
        : this(options, rules, brackets, new GridLookback(options.LookbackBars))
    {
    }

    private MakerGrid(GridOptions options, SymbolRules rules, LeverageBrackets brackets, GridLookback lookback)
    {
        options.Validate();
        (_options, _rules, _lookback) = (options, rules, lookback);
        _ladders = options.Mode switch
        {
            GridMode.Long => [new GridLadder(GridSide.Long, options, rules, brackets)],
            GridMode.Short => [new GridLadder(GridSide.Short, options, rules, brackets)],
            _ => [new GridLadder(GridSide.Long, options, rules, brackets), new GridLadder(GridSide.Short, options, rules, brackets)],
        };
        _orders = new GridOrders(rules, options.Mode == GridMode.Dual);
        _openMax = Math.Min(options.OrdersMax, rules.OrdersMax);
    }

    /// <summary>One ladder, or the long and the short one.</summary>
    public IReadOnlyList<GridLadder> Ladders => _ladders;

    /// <summary>Leverage in force at the venue; 0 while it is not known, and nothing is opened.</summary>
    public int Leverage { get; private set; }

    /// <summary>
    /// Leverage that the venue should be set to. It begins at what is safe for every level, and rises, as far as the distance to the boundary makes it
    /// safe for all
    /// that is held and wanted, when margin gets short: more than needed would bar the higher levels when the market comes back. It falls only while
    /// nothing is held,
    /// as the venue does not lower it under an isolated position; until then the entries that would need it wait (<see cref="GridLadder.IsLiquidationNear"/>).
    /// Set it when the commands of the plan are answered: the plan holds the margin's cap and the liquidation lines at the old and at the new one.
    /// </summary>
    public int LeverageTarget { get; private set; } = 1;

    /// <summary>Whether new rungs are paused by the operator; take-profits go on.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Largest margin of everything held and resting, quote units.</summary>
    public decimal MarginMax => _equity * _options.MarginShareMax;

    /// <summary>Takes a closed bar of the lookback's length: recent high and low, and with them the levels, may move.</summary>
    /// <param name="high">Quote units.</param>
    /// <param name="low">Quote units, above 0, at most the high.</param>
    /// <exception cref="ArgumentException">The prices are not so.</exception>
    public void OnBar(decimal high, decimal low)
    {
        _lookback.Add(high, low);
        foreach (var ladder in _ladders) ladder.Retarget((ladder.Side == GridSide.Long ? _lookback.High : _lookback.Low)!.Value, Leverage);
    }

    /// <summary>Takes the market.</summary>
    /// <param name="bidE8">Best bid, E8, above 0, on the tick.</param>
    /// <param name="askE8">Best ask, E8, above the bid, on the tick.</param>
    /// <param name="markE8">Mark price, E8, above 0.</param>
    /// <exception cref="ArgumentException">The prices are not so.</exception>
    public void OnQuote(long bidE8, long askE8, long markE8)
    {
        GridCheck.Require(nameof(bidE8), bidE8, bidE8 > 0, "above 0");
        GridCheck.Require(nameof(askE8), askE8, askE8 > bidE8, "above the bid");
        GridCheck.Require(nameof(markE8), markE8, markE8 > 0, "above 0");
        (_bidE8, _askE8, _markE8) = (bidE8, askE8, markE8);
    }

    /// <summary>Takes the equity that the grid may work with, quote units: the size of the rungs armed from now on, and the cap of the margin.</summary>
    public void OnEquity(decimal equity) => _equity = Math.Max(equity, 0);

    /// <summary>
    /// Takes what the account leaves to the grid, on top of its own options: entries beyond it are withdrawn with the next plan, what is held stays.
    /// </summary>
    /// <param name="notionalMax">Largest sum of held and resting entries of a ladder at their cost, quote units, 0 or more; null for no bound but margin.</param>
    /// <param name="ordersMax">Real orders at most, 0 or more; the options' and the venue's bounds hold as well.</param>
    /// <exception cref="ArgumentException">A value is below 0.</exception>
    public void OnBudget(decimal? notionalMax, int ordersMax)
    {
        GridCheck.Require(nameof(notionalMax), notionalMax, notionalMax is null or >= 0, "0 or more, or none");
        GridCheck.Require(nameof(ordersMax), ordersMax, ordersMax >= 0, "0 or more");
        _notionalMax = notionalMax;
        _openMax = Math.Min(Math.Min(_options.OrdersMax, _rules.OrdersMax), ordersMax);
    }

    /// <summary>Takes the leverage that is in force at the venue.</summary>
    /// <exception cref="ArgumentException">It is not 1 to 125.</exception>
    public void OnLeverage(int leverage)
    {
        GridCheck.Within(nameof(leverage), leverage, 1, 125);
        Leverage = leverage;
        foreach (var ladder in _ladders) ladder.Relever();
    }

    /// <summary>Takes a funding settlement, quote units; positive when the grid paid.</summary>
    public void OnFunding(decimal paid) => _fundingPaid += paid;

    /// <summary>Ends the global stop of every ladder that holds nothing any more.</summary>
    public void Resume()
    {
        foreach (var ladder in _ladders) ladder.Resume();
    }

    /// <summary>Plans: what must be sent so that the real orders become the desired ones.</summary>
    /// <param name="actual">All open orders of the grid at the venue, as far as it is known.</param>
    /// <returns>Commands in the order to be sent; they hold until the next call. None before bar, quote, equity and leverage are known.</returns>
    public ReadOnlySpan<GridCommand> Plan(ReadOnlySpan<ActualOrder> actual)
    {
        if (_askE8 == 0 || _equity <= 0 || _lookback.High is null) return default;
        _orders.Clear();
        var ordersMax = _openMax / _ladders.Length;
        var notional = GridLevels.Notional(_equity, _options.OrderFraction);
        foreach (var ladder in _ladders)
        {
            ladder.Observe(_markE8, Leverage);
            ladder.Arm(ladder.Side == GridSide.Long ? _askE8 : _bidE8, IsPaused ? 0 : ordersMax - Math.Min(ladder.HeldCount, ordersMax / 2), notional);
        }
        TargetLeverage();
        if (Leverage == 0) return default;
        var marginMax = MarginMax / _ladders.Length;
        if (_notionalMax is { } notionalMax) marginMax = Math.Min(marginMax, notionalMax / Math.Min(Leverage, LeverageTarget));
        foreach (var ladder in _ladders)
        {
            var before = _orders.Desired.Length;
            var (oppositeE8, sameE8) = ladder.Side == GridSide.Long ? (_askE8, _bidE8) : (_bidE8, _askE8);
            _orders.AddEntries(ladder, oppositeE8, sameE8, ladder.Margin(Leverage, LeverageTarget, marginMax), actual);
            _orders.AddTakeProfits(ladder, oppositeE8, sameE8, ordersMax - (_orders.Desired.Length - before), actual);
            _orders.AddClosings(ladder, actual);
        }
        return _differ.Diff(_orders.Desired, actual, _openMax);
    }

    /// <summary>What a command of the last plan is named after: the first virtual order that it carries; null for a cancel.</summary>
    public RungName? NameOf(in GridCommand command) => command.Desired < 0 ? null : _orders.NameOf(command.Desired);

    /// <summary>How much of a command of the last plan opens, base units, E8: with two ladders an order may close a lot of one and enter the other.</summary>
    public long OpeningE8(in GridCommand command) => command.Desired < 0 ? 0 : _orders.Desired[command.Desired].OpeningE8;

    /// <summary>Takes that a command of the last plan is being sent.</summary>
    /// <param name="command">The command.</param>
    /// <param name="id">The order's id: of a new order a sequence number never used before, above 0; else the command's own.</param>
    /// <exception cref="ArgumentException">The id is not so.</exception>
    public void Sent(in GridCommand command, long id)
    {
        GridCheck.Require(nameof(id), id, id > 0 && (command.Id == 0 || command.Id == id), "the order's, above 0");
        if (command.Desired >= 0) _orders.Link(command.Desired, id, _ladders);
    }

    /// <summary>Takes that a post-only order rests, newly placed or amended.</summary>
    public void OnRested(long id)
    {
        _rejectsInRow = 0;
        foreach (var ladder in _ladders)
        {
            ladder.EndAmend(id, isRejected: false);
            ladder.CountReject(id, isRejected: false);
        }
    }

    /// <summary>Takes that a new order was rejected: it never was. As it would have crossed, it is planned a tick further away; otherwise as before.</summary>
    /// <param name="id">The order.</param>
    /// <param name="isCrossing">Whether because it would have taken.</param>
    public void OnRejected(long id, bool isCrossing)
    {
        OnAmendRejected(id, isCrossing);
        OnClosed(id);
    }

    /// <summary>Takes that an amendment was rejected: the order rests as it was.</summary>
    /// <param name="id">The order.</param>
    /// <param name="isCrossing">Whether because it would have taken.</param>
    public void OnAmendRejected(long id, bool isCrossing)
    {
        foreach (var ladder in _ladders) ladder.EndAmend(id, isRejected: true);
        if (!isCrossing) return;
        _rejectsInRow++;
        foreach (var ladder in _ladders) ladder.CountReject(id, isRejected: true);
    }

    /// <summary>Takes that an order rests no more: filled whole, cancelled, expired. Its fills are told before.</summary>
    public void OnClosed(long id)
    {
        foreach (var ladder in _ladders) ladder.Unlink(id);
    }

    /// <summary>Takes what rests after a cut or a restart, its missed fills told before: orders that are gone carry nothing any more.</summary>
    /// <param name="actual">All open orders of the grid at the venue; nothing is under way.</param>
    public void Synchronize(ReadOnlySpan<ActualOrder> actual)
    {
        foreach (var ladder in _ladders)
            for (var i = 0; i < ladder.Count; i++)
            {
                var rung = ladder.At(i);
                foreach (var id in (ReadOnlySpan<long>)[rung.EntryId, rung.TakeProfitId, rung.CloseId])
                    if (id != 0 && !IsOpen(actual, id)) ladder.Unlink(id);
            }
    }

    /// <summary>Takes a fill, which the order's id brings to its rungs: one that carries several fills what closes first, then from the limit on.</summary>
    /// <param name="id">The order.</param>
    /// <param name="quantityE8">Base units, E8, above 0.</param>
    /// <param name="priceE8">Quote units, E8, above 0.</param>
    /// <param name="fee">Quote units.</param>
    /// <param name="isMaker">Whether it made.</param>
    /// <returns>Whether rungs took all of it.</returns>
    /// <exception cref="ArgumentException">Quantity or price are not above 0.</exception>
    public bool OnFill(long id, long quantityE8, long priceE8, decimal fee, bool isMaker)
    {
        GridCheck.Require(nameof(quantityE8), quantityE8, quantityE8 > 0, "above 0");
        GridCheck.Require(nameof(priceE8), priceE8, priceE8 > 0, "above 0");
        var (leftE8, isClosing) = (quantityE8, false);
        foreach (var ladder in _ladders) leftE8 = ladder.FillExits(id, leftE8, priceE8, ref isClosing);
        foreach (var ladder in _ladders) leftE8 = ladder.FillEntries(id, leftE8, priceE8, isRest: false);
        // More than the virtual orders asked for: an amendment to less came too late. It is held all the same.
        foreach (var ladder in _ladders) leftE8 = ladder.FillEntries(id, leftE8, priceE8, isRest: true);

        var notional = Fixed8.ToDecimal(quantityE8) * Fixed8.ToDecimal(priceE8);
        _fees += fee;
        if (isMaker) _makerNotional += notional;
        else _takerNotional += notional;
        if (!isMaker && !isClosing) _unexpectedTakerNotional += notional;
        _unattributedE8 += leftE8;
        return leftE8 == 0;
    }

    /// <summary>The grid as a whole; allocates, for displays.</summary>
    public GridStatus Status()
    {
        var (inventoryE8, cost, profit) = (0L, 0m, 0m);
        foreach (var ladder in _ladders)
        {
            inventoryE8 += (int)ladder.Side * ladder.HeldE8;
            cost += ladder.EntryValue;
            profit += ladder.RealizedProfit;
        }
        var filled = _makerNotional + _takerNotional;
        return new GridStatus
        {
            Inventory = Fixed8.ToDecimal(inventoryE8),
            MarginUsed = Leverage > 0 ? cost / Leverage : cost,
            MarginMax = MarginMax,
            Leverage = Leverage,
            LeverageTarget = LeverageTarget,
            RealizedProfit = profit,
            Fees = _fees,
            FundingPaid = _fundingPaid,
            MakerRatio = filled > 0 ? _makerNotional / filled : null,
            UnexpectedTakerNotional = _unexpectedTakerNotional,
            Unattributed = Fixed8.ToDecimal(_unattributedE8),
            RejectsInRow = _rejectsInRow,
            IsRejecting = _rejectsInRow >= _options.RejectsMax,
        };
    }

    private void TargetLeverage()
    {
        var (safe, isFlat, isShort) = (int.MaxValue, true, false);
        foreach (var ladder in _ladders)
        {
            safe = Math.Min(safe, Leverage == 0 ? ladder.BaseLeverage() : ladder.SafeLeverage());
            isFlat &= ladder.HeldE8 == 0;
            isShort |= ladder.IsCashShort;
        }
        LeverageTarget = Leverage == 0 || (safe < Leverage && isFlat) || (safe > Leverage && isShort) ? safe : Leverage;
    }

    private static bool IsOpen(ReadOnlySpan<ActualOrder> actual, long id)
    {
        foreach (ref readonly var order in actual)
            if (order.Id == id) return true;
        return false;
    }
}
