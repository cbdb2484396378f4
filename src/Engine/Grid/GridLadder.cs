using Granary.Engine.Margin;
using Granary.Engine.Market;

namespace Granary.Engine.Grid;

/// <summary>
/// The virtual orders of one side of a grid: a rung for each level, each with an entry and a take-profit, and what was filled of them (formulas §11.2).
/// A rung is armed while its entry is among the nearest; it was on the passive side of the market when it was armed, and stays armed when the market runs
/// through it,
/// so that nothing is ever bought at a price the market has already left. What is filled gets a take-profit at once. Prices and quantities are exact: E8 on the
/// tick and the step of the venue. Not safe for concurrent use.
/// </summary>
public sealed partial class GridLadder
{
    private readonly GridOptions _options;
    private readonly SymbolRules _rules;
    private readonly LeverageBrackets _brackets;
    private readonly int _sign;
    private readonly long _tickE8;
    private Rung[] _rungs = [];

    /// <summary>A ladder without levels; they come with the first recent extreme.</summary>
    internal GridLadder(GridSide side, GridOptions options, SymbolRules rules, LeverageBrackets brackets)
    {
        (Side, _sign, _options, _rules, _brackets) = (side, (int)side, options, rules, brackets);
        _tickE8 = Fixed8.FromDecimal(rules.TickSize);
        GridCheck.Require(nameof(rules.TickSize), rules.TickSize, _tickE8 > 0, "above 0");
        GridCheck.Require(nameof(rules.StepSize), rules.StepSize, Fixed8.FromDecimal(rules.StepSize) > 0, "above 0");
    }

    /// <summary>Which way it earns.</summary>
    public GridSide Side { get; }

    /// <summary>How many rungs it has; 0 before the first recent extreme.</summary>
    public int Count => _rungs.Length;

    /// <summary>Base units held by all rungs, E8, 0 or more; a short ladder owes them.</summary>
    public long HeldE8 { get; private set; }

    /// <summary>What the lots of the rungs cost (a short ladder: brought), quote units: what profit is counted by.</summary>
    public decimal Cost { get; private set; }

    /// <summary>
    /// What the held units cost as the venue sees it, quote units: a close takes its share at the average, whichever rung's lot it is. What margin and
    /// liquidation
    /// are counted by.
    /// </summary>
    public decimal EntryValue { get; private set; }

    /// <summary>Rungs that hold something.</summary>
    public int HeldCount { get; private set; }

    /// <summary>Average entry of the position as the venue sees it, quote units; null when nothing is held.</summary>
    public decimal? AverageEntry => HeldE8 > 0 ? EntryValue / Fixed8.ToDecimal(HeldE8) : null;

    /// <summary>Profit of what was closed, before fees and funding, quote units.</summary>
    public decimal RealizedProfit { get; private set; }

    /// <summary>Round trips completed by take-profits.</summary>
    public long TripCount { get; private set; }

    /// <summary>Rungs closed at market because every take-profit level was taken.</summary>
    public long SaturationCount { get; private set; }

    /// <summary>Whether rungs wait for margin: new ones are paused until some are closed.</summary>
    public bool IsCashShort { get; internal set; }

    /// <summary>Whether rungs wait because with them the liquidation price would not stay beyond the line at the leverage in force.</summary>
    public bool IsLiquidationNear { get; internal set; }

    /// <summary>Whether the market was beyond the global stop: everything is closed, and nothing opened until <see cref="MakerGrid.Resume"/>.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>A rung.</summary>
    /// <param name="rung">0 at the boundary, up to <see cref="Count"/> - 1 next to the limit.</param>
    public RungView View(int rung)
    {
        ref readonly var at = ref _rungs[rung];
        return new RungView(
            rung, at.State, _prices[rung], at.TakeProfitLevel == 0 ? null : LevelPrice(at.TakeProfitLevel), Fixed8.ToDecimal(at.QuantityE8),
            Fixed8.ToDecimal(at.HeldE8), at.HeldE8 > 0 ? at.Cost / Fixed8.ToDecimal(at.HeldE8) : null,
            at.EntryId, at.TakeProfitId != 0 ? at.TakeProfitId : at.CloseId, at.Rejects);
    }

    /// <summary>By level, the rung that it closes; negative for none.</summary>
    internal ReadOnlySpan<int> Owners => _owners;

    internal ref Rung At(int rung) => ref _rungs[rung];

    /// <summary>Looks at the market: the global stop, saturation, levels that wait to be moved.</summary>
    /// <param name="markE8">Mark price, E8.</param>
    /// <param name="leverage">In force at the venue.</param>
    internal void Observe(long markE8, int leverage)
    {
        if (Count == 0) return;
        if (!IsStopped && _sign * (markE8 - _stopE8) <= 0) IsStopped = true;
        if (IsStopped)
        {
            foreach (ref var rung in _rungs.AsSpan()) (rung.IsArmed, rung.IsClosing) = (false, rung.HeldE8 > 0);
            _saturatedRung = NoRung;
            return;
        }
        if (_saturatedRung != NoRung) Shift();
        else if (Saturated() is var highest && highest != NoRung)
        {
            _rungs[highest].IsClosing = true;
            _saturatedRung = highest;
            SaturationCount++;
        }
        if (_isMoveDue) Move(leverage);
    }

    /// <summary>Takes that another leverage is in force, with which levels that wait may be moved.</summary>
    internal void Relever() => _isMoveDue |= _isMoveWaiting;

    /// <summary>Ends the global stop.</summary>
    internal void Resume() => IsStopped &= HeldE8 > 0;

    /// <summary>Chooses the rungs whose entries are wanted: those the market ran through first, then the nearest on the passive side.</summary>
    /// <param name="oppositeE8">Best ask for a long ladder, best bid for a short one, E8.</param>
    /// <param name="entriesMax">Entries at most.</param>
    /// <param name="notional">Quote units of a new entry.</param>
    internal void Arm(long oppositeE8, int entriesMax, decimal notional)
    {
        var room = IsStopped || _isDraining ? 0 : entriesMax;
        for (var i = _rungs.Length - 1; i >= 0; i--)
        {
            ref var rung = ref _rungs[i];
            var isPassive = _sign * (oppositeE8 - _entryE8[i]) > 0;
            var isWanted = room > 0 && (isPassive || rung.IsArmed) && i >= _entryFirst && i <= _entryLast && !rung.IsClosing
                && (rung.HeldE8 == 0 || rung.EnteredE8 < rung.QuantityE8) && IsTradable(i);
            if (isWanted && !rung.IsArmed && rung.EnteredE8 == 0 && rung.EntryId == 0) rung.QuantityE8 = Land(notional, _entryE8[i]);
            rung.IsArmed = isWanted && rung.EntryLeftE8 > 0;
            if (rung.IsArmed) room--;
        }
    }

    /// <summary>Price at which a rung's entry can rest now, E8.</summary>
    /// <param name="rung">The rung.</param>
    /// <param name="oppositeE8">Best ask for a long ladder, best bid for a short one, E8.</param>
    /// <param name="sameE8">The best price of the other side, E8.</param>
    internal long EntryPriceE8(int rung, long oppositeE8, long sameE8) => Passive(_sign, _entryE8[rung], oppositeE8, sameE8, _rungs[rung].Rejects);

    /// <summary>Price at which a rung's take-profit can rest now, E8.</summary>
    /// <param name="rung">The rung.</param>
    /// <param name="oppositeE8">Best ask for a long ladder, best bid for a short one, E8.</param>
    /// <param name="sameE8">The best price of the other side, E8.</param>
    internal long TakeProfitPriceE8(int rung, long oppositeE8, long sameE8) =>
        Passive(-_sign, _takeProfitE8[_rungs[rung].TakeProfitLevel], sameE8, oppositeE8, _rungs[rung].Rejects);

    /// <summary>
    /// The level where it is passive; else beside the best price of the order's own side, which no order of ours on the other side can cross. Each reject
    /// puts another
    /// tick between the order and the other side.
    /// </summary>
    private long Passive(int sign, long levelE8, long oppositeE8, long sameE8, int rejects)
    {
        var passiveE8 = oppositeE8 - (sign * _tickE8 * (1 + rejects));
        if (sign * (passiveE8 - levelE8) >= 0) return levelE8;
        return sign > 0 ? Math.Min(sameE8, passiveE8) : Math.Max(sameE8, passiveE8);
    }

    /// <summary>Gives a fill to the rungs whose lots the order closes.</summary>
    /// <param name="id">The order.</param>
    /// <param name="quantityE8">Base units, E8.</param>
    /// <param name="priceE8">Quote units, E8.</param>
    /// <param name="isClosing">Set when the order closes at market.</param>
    /// <returns>What no rung took.</returns>
    internal long FillExits(long id, long quantityE8, long priceE8, ref bool isClosing)
    {
        for (var i = _rungs.Length - 1; i >= 0 && quantityE8 > 0; i--)
        {
            ref readonly var rung = ref _rungs[i];
            if (rung.TakeProfitId != id && rung.CloseId != id) continue;
            isClosing |= rung.CloseId == id;
            var taken = Math.Min(quantityE8, rung.HeldE8);
            if (taken > 0) Leave(i, taken, priceE8, rung.TakeProfitId == id);
            quantityE8 -= taken;
        }
        return quantityE8;
    }

    /// <summary>Gives a fill to the rungs whose entries the order carries.</summary>
    /// <param name="id">The order.</param>
    /// <param name="quantityE8">Base units, E8.</param>
    /// <param name="priceE8">Quote units, E8.</param>
    /// <param name="isRest">Whether the first one takes everything; else each at most what is left of its entry.</param>
    /// <returns>What no rung took.</returns>
    internal long FillEntries(long id, long quantityE8, long priceE8, bool isRest)
    {
        for (var i = _rungs.Length - 1; i >= 0 && quantityE8 > 0; i--)
        {
            if (_rungs[i].EntryId != id) continue;
            var taken = isRest ? quantityE8 : Math.Min(quantityE8, _rungs[i].EntryLeftE8);
            if (taken > 0) Enter(i, taken, priceE8);
            quantityE8 -= taken;
        }
        return quantityE8;
    }

    /// <summary>Books what was filled of a rung's entry.</summary>
    private void Enter(int rung, long quantityE8, long priceE8)
    {
        ref var at = ref _rungs[rung];
        var cost = Fixed8.ToDecimal(quantityE8) * Fixed8.ToDecimal(priceE8);
        if (at.HeldE8 == 0) HeldCount++;
        at.HeldE8 += quantityE8;
        at.EnteredE8 += quantityE8;
        at.Cost += cost;
        HeldE8 += quantityE8;
        Cost += cost;
        EntryValue += cost;
        if (at.EntryLeftE8 == 0) at.IsArmed = false;
        if (at.TakeProfitLevel == 0) TakeLevel(rung);
    }

    /// <summary>Books what was closed of a rung's lot, at most what it holds.</summary>
    /// <param name="rung">The rung.</param>
    /// <param name="quantityE8">Base units, E8, above 0.</param>
    /// <param name="priceE8">Quote units, E8.</param>
    /// <param name="isTakeProfit">Whether its take-profit closed it; a round trip then.</param>
    private void Leave(int rung, long quantityE8, long priceE8, bool isTakeProfit)
    {
        ref var at = ref _rungs[rung];
        // The last unit takes what is left of the cost, so that nothing is lost to rounding.
        var cost = quantityE8 == at.HeldE8 ? at.Cost : at.Cost * quantityE8 / at.HeldE8;
        at.HeldE8 -= quantityE8;
        at.Cost -= cost;
        EntryValue -= EntryValue * quantityE8 / HeldE8;
        HeldE8 -= quantityE8;
        Cost -= cost;
        RealizedProfit += _sign * ((Fixed8.ToDecimal(quantityE8) * Fixed8.ToDecimal(priceE8)) - cost);
        _isMoveDue |= _isMoveWaiting;
        if (at.HeldE8 > 0) return;
        _owners[at.TakeProfitLevel] = NoRung;
        (at.TakeProfitLevel, at.EnteredE8, at.IsClosing) = (0, 0, false);
        if (--HeldCount == 0) (Cost, EntryValue) = (0, 0);
        if (!isTakeProfit) return;
        TripCount++;
        CountTrip(rung);
    }

    /// <summary>Forgets a real order that rests no more, wherever it was carrying something.</summary>
    internal void Unlink(long id)
    {
        var found = false;
        foreach (ref var rung in _rungs.AsSpan())
        {
            if (rung.EntryId == id) (rung.EntryId, rung.IsEntryLeaving, found) = (0, false, true);
            if (rung.TakeProfitId == id) (rung.TakeProfitId, rung.IsTakeProfitLeaving, found) = (0, false, true);
            if (rung.CloseId == id) (rung.CloseId, found) = (0, true);
        }
        if (found) _isMoveDue |= _isMoveWaiting;
    }

    /// <summary>Marks what a real order carries as leaving it; what an amendment keeps is linked again. Until that is answered, its fills still find all of them.</summary>
    internal void BeginAmend(long id)
    {
        foreach (ref var rung in _rungs.AsSpan())
        {
            rung.IsEntryLeaving |= rung.EntryId == id;
            rung.IsTakeProfitLeaving |= rung.TakeProfitId == id;
        }
    }

    /// <summary>Ends an amendment: what was leaving is free, or stays when it was rejected.</summary>
    internal void EndAmend(long id, bool isRejected)
    {
        foreach (ref var rung in _rungs.AsSpan())
        {
            if (rung.IsEntryLeaving && rung.EntryId == id) (rung.EntryId, rung.IsEntryLeaving) = (isRejected ? id : 0, false);
            if (rung.IsTakeProfitLeaving && rung.TakeProfitId == id) (rung.TakeProfitId, rung.IsTakeProfitLeaving) = (isRejected ? id : 0, false);
        }
        _isMoveDue |= _isMoveWaiting;
    }

    /// <summary>Settles the rejects of the rungs that an order carries.</summary>
    /// <param name="id">The order.</param>
    /// <param name="isRejected">Whether it was rejected; it rests otherwise.</param>
    internal void CountReject(long id, bool isRejected)
    {
        foreach (ref var rung in _rungs.AsSpan())
            if (rung.EntryId == id || rung.TakeProfitId == id) rung.Rejects = isRejected ? Math.Min(rung.Rejects + 1, _options.RejectsMax) : 0;
    }

    /// <summary>Quantity that lands on the venue's step and least notional, E8; 0 when no quantity near the notional does.</summary>
    private long Land(decimal notional, long priceE8)
    {
        var price = Fixed8.ToDecimal(priceE8);
        var quantity = _rules.FloorQuantity(notional / price);
        var least = Math.Max(_rules.QuantityMin, decimal.Ceiling(_rules.NotionalMin / price / _rules.StepSize) * _rules.StepSize);
        if (quantity < least) quantity = least * price <= notional * _options.NotionalStretchMax ? least : 0;
        return Fixed8.FromDecimal(Math.Min(quantity, _rules.FloorQuantity(Math.Min(_rules.QuantityMax, Fixed8.ToDecimal(Fixed8.Max)))));
    }
}
