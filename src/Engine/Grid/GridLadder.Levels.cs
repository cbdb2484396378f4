using Granary.Engine.Market;

namespace Granary.Engine.Grid;

/// <content>
/// Where the rungs are, and how they follow the recent extreme. While nothing is held and no order rests, the levels are made anew from the extreme, exactly
/// formulas §11.2. Otherwise the levels that exist keep their prices, so that no order is stranded on a price that is no level any more, and the range
/// slides over
/// them by whole steps:
/// <para>the limit follows, but not past a level that closes a held rung or carries an order;</para>
/// <para>the boundary comes nearer up to the lowest rung that is held or carries an order, and goes away only when the liquidation price of all that is
/// held stays
/// beyond it - when that is a matter of resting entries alone, these are withdrawn first;</para>
/// <para>entries are wanted only where the new range and the levels in force overlap, so what lies outside is withdrawn, and the edge follows when it is
/// gone.</para>
/// </content>
public sealed partial class GridLadder
{
    private const int RungsMax = 32_768;

    private decimal[] _prices = [];
    private long[] _entryE8 = [];
    private long[] _takeProfitE8 = [];
    private GridRange _range;
    private GridRange _target;
    private int _entryFirst;
    private int _entryLast = -1;
    private long _stopE8;
    private bool _isMoveDue;
    private bool _isMoveWaiting;
    private bool _isDraining;

    /// <summary>Between which prices the levels in force lie; empty before the first recent extreme.</summary>
    public GridRange Range => _range;

    /// <summary>The global stop: beyond the boundary, quote units.</summary>
    public decimal StopPrice => StopAt(_range.Boundary);

    /// <summary>Whether the levels in force are not yet those of the recent extreme, because something held or resting would be stranded.</summary>
    public bool IsMoveWaiting => _isMoveWaiting;

    /// <summary>Follows a new extreme.</summary>
    /// <param name="extreme">Recent high for a long ladder, recent low for a short one, quote units, above 0.</param>
    /// <param name="leverage">In force at the venue.</param>
    internal void Retarget(decimal extreme, int leverage)
    {
        var target = Side == GridSide.Long
            ? GridRange.Long(extreme, _options.LongLimitFraction, _options.LongBoundaryFraction)
            : GridRange.Short(extreme, _options.ShortLimitFraction, _options.ShortBoundaryFraction);
        if (Count > 0 && target == _target) return;
        _target = target;
        Move(leverage);
    }

    /// <summary>Price of a take-profit level, quote units.</summary>
    /// <param name="level">1 to <see cref="Count"/>, the last being the limit.</param>
    internal decimal LevelPrice(int level) => level < _prices.Length ? _prices[level] : _range.Limit;

    /// <summary>Whether there is a level above a rung, and its price at the venue leaves a profit.</summary>
    private bool IsTradable(int rung) =>
        _entryE8[rung] > 0 && rung + 1 < _owners.Length && _sign * (_takeProfitE8[rung + 1] - _entryE8[rung]) > 0;

    private decimal StopAt(decimal boundary) => boundary * (1 - (_sign * _options.StopDistance));

    private void Move(int leverage)
    {
        (_isMoveDue, _isMoveWaiting, _isDraining) = (false, false, false);
        var (first, last) = (int.MaxValue, -1);
        var limit = _target.Limit;
        for (var i = 0; i < _rungs.Length; i++)
        {
            if (!_rungs[i].IsEngaged) continue;
            (first, last) = (Math.Min(first, i), i);
            if (_rungs[i].TakeProfitLevel > 0) limit = Outer(limit, LevelPrice(_rungs[i].TakeProfitLevel));
            // What rests may be filled, and then needs a level above it.
            else if (!IsRoomAbove(i, _target.Limit)) limit = Outer(limit, LevelPrice(i + 1));
        }
        if (last < 0)
        {
            var levels = new GridLevels(_target, _options.StepRatio);
            var prices = new decimal[levels.Count];
            for (var i = 0; i < prices.Length; i++) prices[i] = levels.Price(i);
            Settle(_target, prices, shift: 0, isFresh: true);
            return;
        }

        var boundary = _target.Boundary;
        if (_sign * (boundary - _range.Boundary) >= 0) boundary = Inner(boundary, _prices[first]);
        else if (!IsSafe(boundary, leverage, isArmedToo: false)) (boundary, _isDraining) = (_range.Boundary, HeldE8 == 0);
        var range = new GridRange(Side, limit, boundary);
        _isMoveWaiting = range != _target;
        Slide(range);
    }

    /// <summary>Keeps the levels within a range that holds all engaged rungs, and adds those that it has more.</summary>
    private void Slide(in GridRange range)
    {
        var (from, to) = (0, _prices.Length);
        while (from < to && !range.IsWithinBoundary(_prices[from])) from++;
        while (to > from && !range.IsWithinLimit(_prices[to - 1])) to--;
        var lower = new List<decimal>();
        for (var price = Previous(_prices[from]); from == 0 && range.IsWithinBoundary(price) && lower.Count < RungsMax; price = Previous(price))
            lower.Add(price);
        var prices = new List<decimal>();
        for (var i = lower.Count - 1; i >= 0; i--) prices.Add(lower[i]);
        for (var i = from; i < to; i++) prices.Add(_prices[i]);
        for (var price = Next(prices[^1]); range.IsWithinLimit(price) && prices.Count < RungsMax; price = Next(price)) prices.Add(price);
        Settle(range, [.. prices], lower.Count - from, isFresh: false);
    }

    /// <summary>Puts levels in force.</summary>
    /// <param name="range">Their range.</param>
    /// <param name="prices">Their prices.</param>
    /// <param name="shift">What a rung's number changes by.</param>
    /// <param name="isFresh">Whether the rungs begin anew.</param>
    private void Settle(in GridRange range, decimal[] prices, int shift, bool isFresh)
    {
        var rungs = new Rung[prices.Length];
        if (!isFresh)
        {
            for (var i = 0; i < _rungs.Length; i++)
                if (i + shift >= 0 && i + shift < rungs.Length) rungs[i + shift] = _rungs[i];
        }
        (_range, _prices, _rungs) = (range, prices, rungs);
        (_swingRung, _swingTrips, _saturatedRung) = (NoRung, 0, NoRung);
        for (var i = 0; i < rungs.Length; i++)
            if (rungs[i].TakeProfitLevel > 0) rungs[i].TakeProfitLevel += shift;
        Land();
    }

    /// <summary>Derives from range, prices and rungs what is only there to be quick: owners, landed prices, where entries are wanted.</summary>
    private void Land()
    {
        var count = _prices.Length;
        (_entryE8, _takeProfitE8) = (new long[count], new long[count + 1]);
        (_entryFirst, _entryLast) = (count, -1);
        for (var i = 0; i < count; i++)
        {
            _entryE8[i] = Fixed8.FromDecimal(_sign > 0 ? _rules.FloorPrice(_prices[i]) : _rules.CeilingPrice(_prices[i]));
            _takeProfitE8[i + 1] = LandTakeProfitE8(i + 1);
            if (!_target.IsWithinBoundary(_prices[i]) || !_target.IsWithinLimit(_prices[i])) continue;
            (_entryFirst, _entryLast) = (Math.Min(_entryFirst, i), i);
        }
        // The limit is a level of its own unless it is the price of the last rung, exactly or on the tick.
        var isLimitLevel = _range.Limit != _prices[^1] && _takeProfitE8[count] != (count > 1 ? _takeProfitE8[count - 1] : 0);
        _owners = new int[isLimitLevel ? count + 1 : count];
        Array.Fill(_owners, NoRung);
        for (var i = 0; i < count; i++)
            if (_rungs[i].TakeProfitLevel > 0) _owners[_rungs[i].TakeProfitLevel] = i;
        _stopE8 = Fixed8.FromDecimal(decimal.Round(StopPrice, Fixed8.Decimals));
    }

    /// <summary>Whether a limit would be a level of its own above a rung, on the tick too.</summary>
    private bool IsRoomAbove(int rung, decimal limit) => _sign > 0
        ? _rules.FloorPrice(limit) > _rules.CeilingPrice(_prices[rung])
        : _rules.CeilingPrice(limit) < _rules.FloorPrice(_prices[rung]);

    /// <summary>On the tick that is better for us, but not past the limit.</summary>
    private long LandTakeProfitE8(int level)
    {
        var (price, limit) = (LevelPrice(level), _range.Limit);
        return Fixed8.FromDecimal(_sign > 0
            ? Math.Min(_rules.CeilingPrice(price), _rules.FloorPrice(limit))
            : Math.Max(_rules.FloorPrice(price), _rules.CeilingPrice(limit)));
    }

    private decimal Next(decimal price) => GridLevels.Next(Side, price, _options.StepRatio);

    private decimal Previous(decimal price) => GridLevels.Next((GridSide)(-_sign), price, _options.StepRatio);

    /// <summary>The price nearer to the limit's side.</summary>
    private decimal Outer(decimal a, decimal b) => _sign > 0 ? Math.Max(a, b) : Math.Min(a, b);

    /// <summary>The price nearer to the boundary's side.</summary>
    private decimal Inner(decimal a, decimal b) => _sign > 0 ? Math.Min(a, b) : Math.Max(a, b);
}
