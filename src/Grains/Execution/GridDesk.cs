using System.Diagnostics.CodeAnalysis;
using Granary.Engine.Grid;
using Granary.Engine.Margin;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;

namespace Granary.Grains.Execution;

/// <summary>
/// The grid of one account in one symbol between its kernels and execution: orders as the grid knows them (by number), as the gate mints them and as the tracker
/// follows them. Everything that it needs after a kill is in its snapshot, which is written in the transaction of every change.
/// </summary>
internal sealed partial class GridDesk(GridSettings settings, string engine, string account, string symbol)
{
    /// <summary>The venue's code for a post-only order that would take.</summary>
    public const int PostOnlyWouldTake = -5022;

    private readonly Dictionary<long, TrackedOrder> _byNumber = [];
    private MarketNotice? _market;
    private string _state = nameof(TradingState.Recovering);
    private long _number;

    /// <summary>How the grid trades.</summary>
    public GridSettings Settings => settings;

    /// <summary>What the gate allows.</summary>
    public StandingOrders Standing { get; } = new();

    /// <summary>The grid; null until it was opened.</summary>
    public MakerGrid? Grid { get; private set; }

    /// <summary>Fills of the symbol that the grid has seen, its own or not.</summary>
    public long FillCount { get; set; }

    /// <summary>Open time of the last bar taken, milliseconds; 0 before any.</summary>
    public long LastBarMs { get; private set; }

    /// <summary>Until when funding was asked for, milliseconds; 0 before the first time.</summary>
    public long FundingMs { get; private set; }

    /// <summary>Whether an operator paused it.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Equity of the account, quote units; 0 while unknown.</summary>
    public decimal Equity { get; private set; }

    /// <summary>What it complains about; empty when nothing.</summary>
    public string Complaint { get; set; } = "";

    /// <summary>Whether nothing is sent at all: the account is halted or not reconciled, or its orders were just cancelled.</summary>
    public bool IsIdle => _state is not (nameof(TradingState.Active) or nameof(TradingState.ReduceOnly));

    /// <summary>Whether market, equity and levels are known, so that a plan means something.</summary>
    [MemberNotNullWhen(true, nameof(Grid), nameof(_market))]
    public bool IsInformed => Grid is not null && _market is not null && Equity > 0 && LastBarMs > 0;

    /// <summary>Signed base units that the rungs hold.</summary>
    public decimal Inventory => Grid?.Ladders.Sum(ladder => (int)ladder.Side * Fixed8.ToDecimal(ladder.HeldE8)) ?? 0;

    /// <summary>Whether an order is one of the grid's.</summary>
    public bool IsOwn(string clientOrderId, out RungOrderId id) => RungOrderId.TryParse(clientOrderId, out id) && id.Engine == engine && id.Account == account;

    /// <summary>Begins, or goes on from a snapshot.</summary>
    /// <param name="rules">The symbol's rules.</param>
    /// <param name="brackets">Its leverage ladder.</param>
    /// <param name="snapshot">What <see cref="Write"/> wrote; null to begin.</param>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or of other levels than the settings'.</exception>
    public void Open(SymbolRules rules, LeverageBrackets brackets, byte[]? snapshot)
    {
        if (snapshot is null)
        {
            (FillCount, LastBarMs, FundingMs) = (0, 0, 0);
            Grid = new MakerGrid(settings.Ladder, rules, brackets);
        }
        else
        {
            var reader = new SnapshotReader(snapshot);
            reader.Section("grid-desk", 1);
            (FillCount, _number, LastBarMs, FundingMs) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            IsHeld = reader.ReadBoolean();
            Standing.Read(ref reader);
            Grid = MakerGrid.Read(ref reader, settings.Ladder, rules, brackets);
        }

        if (Equity > 0) Grid.OnEquity(Equity);
        TakeBudget();
    }

    /// <summary>No order gets this number or a lower one any more.</summary>
    public void RaiseNumber(long number) => _number = Math.Max(_number, number);

    /// <summary>Forgets the grid, so that it is opened anew.</summary>
    public void Close() => Grid = null;

    /// <summary>The state, for the journal.</summary>
    public byte[] Write()
    {
        var writer = new SnapshotWriter();
        writer.Section("grid-desk", 1);
        writer.Write(FillCount);
        writer.Write(_number);
        writer.Write(LastBarMs);
        writer.Write(FundingMs);
        writer.Write(IsHeld);
        Standing.Write(writer);
        Grid!.Write(writer);
        return writer.ToArray();
    }

    /// <summary>Takes what the gate says.</summary>
    public void OnStanding(StandingMessage message)
    {
        _state = message.State;
        if (message.Equity > 0) Equity = message.Equity;
        if (message.Approved is { } approved) Standing.Renew(approved);
        else Standing.Stop(message.Reason);
        if (Grid is null || Equity <= 0) return;
        Grid.OnEquity(Equity);
        TakeBudget();
    }

    /// <summary>Takes a bar of the lookback.</summary>
    public void OnBar(long openTimeMs, decimal high, decimal low)
    {
        Grid!.OnBar(high, low);
        LastBarMs = openTimeMs;
    }

    /// <summary>Takes funding of the time up to a moment, quote units, above 0 when it was received.</summary>
    public void OnFunding(decimal received, long untilMs)
    {
        if (received != 0) Grid!.OnFunding(-received);
        FundingMs = untilMs;
    }

    /// <summary>Takes prices; what cannot be a market is passed over.</summary>
    public void OnMarket(MarketNotice notice)
    {
        if (notice is { BidPrice: > 0, AskPrice: > 0 } && notice.AskPrice > notice.BidPrice) _market = notice;
    }

    /// <summary>Nothing is sent until the gate speaks again.</summary>
    public void Halt(string reason)
    {
        _state = nameof(TradingState.Recovering);
        Standing.Stop(reason);
    }

    /// <summary>
    /// What is to be sent now. Commands that do not grow the exposure come alone; those that do when none of them is left, because then their plan counts what
    /// became of the others.
    /// </summary>
    /// <param name="nowMs">Engine time.</param>
    /// <param name="live">All live orders of the symbol.</param>
    /// <param name="sending">Orders whose request is under way.</param>
    public GridCommand[] Plan(long nowMs, IEnumerable<TrackedOrder> live, IReadOnlySet<string> sending)
    {
        if (!IsInformed) return [];
        var mark = _market.MarkPrice ?? _market.LastPrice;
        Grid.OnQuote(Fixed8.FromDecimal(_market.BidPrice!.Value), Fixed8.FromDecimal(_market.AskPrice!.Value), Fixed8.FromDecimal(mark > 0 ? mark : _market.BidPrice.Value));
        Grid.IsPaused = IsHeld || Standing.StopReason(nowMs).Length > 0;
        var commands = Grid.Plan(ToActual(live, sending)).ToArray();
        var shrinking = Array.FindIndex(commands, command => command.IsGrowing);
        return shrinking > 0 ? commands[..shrinking] : commands;
    }

    /// <summary>The grid's open orders as it knows them; those whose last command is not answered, or whose fills are missing, are left alone by it.</summary>
    public ActualOrder[] ToActual(IEnumerable<TrackedOrder> live, IReadOnlySet<string> sending)
    {
        _byNumber.Clear();
        var actual = new List<ActualOrder>();
        foreach (var order in live)
        {
            if (!IsOwn(order.ClientOrderId, out var id)) continue;
            _byNumber[id.Number] = order;
            RaiseNumber(id.Number);
            var isPending = order.Status is not (OrderStatus.New or OrderStatus.PartiallyFilled) || order.MissingQuantity > 0 || sending.Contains(order.ClientOrderId);
            actual.Add(new ActualOrder(
                id.Number, order.Request.Side, Fixed8.FromDecimal(order.Request.Price ?? 0), Fixed8.FromDecimal(order.RemainingQuantity), isPending));
        }

        return [.. actual];
    }

    /// <summary>The order that a command of the last plan concerns; null for one that is to be made.</summary>
    public TrackedOrder? OrderOf(in GridCommand command) => _byNumber.GetValueOrDefault(command.Id);

    /// <summary>Mints what a command of the last plan sends, and tells the grid that it is being sent; a refusal is the complaint.</summary>
    public bool TryMint(in GridCommand command, IEnumerable<TrackedOrder> live, long nowMs, [NotNullWhen(true)] out Order? order)
    {
        order = null;
        var name = Grid!.NameOf(in command)!.Value;
        var number = command.Id > 0 ? command.Id : _number + 1;
        var draft = new StandingDraft(
            name.Purpose, Math.Min(name.Rung, RungOrderId.RungMax), number, command.Side, Fixed8.ToDecimal(command.QuantityE8), Fixed8.ToDecimal(Grid.OpeningE8(in command)),
            command.PriceE8 > 0 ? Fixed8.ToDecimal(command.PriceE8) : null, command.IsReduceOnly, StopOf(name.Side));
        if (!Standing.TryMint(in draft, Use(in command, live), nowMs, out var approved, out var refusal))
        {
            Complaint = $"{command.Kind} refused: {refusal.Reason} {refusal.Detail}";
            return false;
        }

        RaiseNumber(number);
        order = approved.Value;
        Grid.Sent(in command, number);
        return true;
    }

    /// <summary>The global stop of the side that a position is on, quote units; null without one.</summary>
    public decimal? StopFor(decimal quantity) => quantity == 0 ? null : StopOf(quantity > 0 ? GridSide.Long : GridSide.Short);

    private decimal? StopOf(GridSide side) => Grid?.Ladders.FirstOrDefault(ladder => ladder.Side == side) is { Count: > 0 } ladder ? ladder.StopPrice : null;

    private void TakeBudget()
    {
        if (Standing.Terms is not { } terms) return;
        var notionalMax = settings.Ladder.Mode switch
        {
            GridMode.Long => terms.LongNotionalMax,
            GridMode.Short => terms.ShortNotionalMax,
            _ => Math.Min(terms.LongNotionalMax, terms.ShortNotionalMax),
        };
        Grid!.OnBudget(notionalMax, terms.OrdersMax);
    }

    private StandingUse Use(in GridCommand command, IEnumerable<TrackedOrder> live)
    {
        var (resting, open) = (0m, 0);
        foreach (var order in live)
        {
            if (!IsOwn(order.ClientOrderId, out var id) || id.Number == command.Id) continue;
            open++;
            if (id.Purpose == GridPurpose.Entry && order.Request.Side == command.Side) resting += order.RemainingQuantity * (order.Request.Price ?? 0);
        }

        var (heldCost, closableE8) = (0m, 0L);
        foreach (var ladder in Grid!.Ladders)
        {
            if ((int)ladder.Side == (int)command.Side) heldCost += ladder.EntryValue;
            else closableE8 += ladder.HeldE8;
        }

        return new StandingUse(heldCost, resting, Fixed8.ToDecimal(closableE8), open);
    }
}
