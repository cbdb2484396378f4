namespace Granary.Engine.Grid;

/// <content>
/// Which level closes which rung. Every level closes at most one rung, and no rung below the level above its own: levels are owned, so two live
/// take-profits on one
/// cannot be. There are as many levels as rungs, hence always one for each.
/// <para>A fresh rung takes the level above it. A trapped one that was raised there goes on to the next free level above, for the market traded there
/// again; only when
/// all are taken up to the limit, down to the next free one.</para>
/// <para>Trapped rungs rise together, a level at a time: every few round trips at similar prices (<see cref="GridOptions.RaiseAfterTrips"/>) all rungs
/// bought above the
/// price where the market swings are raised by one level, from the highest on, where the level above is free, never past the limit. The round trips below
/// pay for
/// the wait, and a market that swings has not decided; one that goes straight back up pays the first target at once.</para>
/// <para>Saturation is every level taken, which is every rung held: the one bought highest, whose way home is the longest, is closed at market, and all
/// other lots move
/// up a rung, so that the lowest rung may trade the swings at the boundary.</para>
/// </content>
public sealed partial class GridLadder
{
    private const int NoRung = -1;

    private int[] _owners = [];
    private int _swingRung = NoRung;
    private int _swingTrips;
    private int _saturatedRung = NoRung;

    private void TakeLevel(int rung)
    {
        var displaced = _owners[rung + 1];
        Own(rung + 1, rung);
        if (displaced != NoRung) TakeLevelFrom(displaced, rung + 2);
    }

    /// <summary>Gives a rung the next free level from one on, else the next free one below, else that of the lowest rung in its way, which finds another
    /// below.</summary>
    private void TakeLevelFrom(int rung, int level)
    {
        for (var i = level; i < _owners.Length; i++)
            if (_owners[i] == NoRung)
            {
                Own(i, rung);
                return;
            }
        for (var i = Math.Min(level, _owners.Length) - 1; i > rung; i--)
            if (_owners[i] == NoRung)
            {
                Own(i, rung);
                return;
            }
        // The levels above a rung are as many as the rungs from it on: one of them closes a rung below.
        var lowest = rung + 1;
        for (var i = rung + 2; i < _owners.Length; i++)
            if (_owners[i] < _owners[lowest]) lowest = i;
        var displaced = _owners[lowest];
        Own(lowest, rung);
        TakeLevelFrom(displaced, displaced + 1);
    }

    private void Own(int level, int rung)
    {
        _owners[level] = rung;
        _rungs[rung].TakeProfitLevel = level;
    }

    /// <summary>Counts a round trip; raises trapped rungs when the market swings.</summary>
    private void CountTrip(int rung)
    {
        if (_swingRung == NoRung || Math.Abs(rung - _swingRung) > _options.SimilarLevels) (_swingRung, _swingTrips) = (rung, 0);
        if (++_swingTrips < _options.RaiseAfterTrips) return;
        _swingTrips = 0;
        for (var level = _owners.Length - 2; level > rung + 1; level--)
        {
            var trapped = _owners[level];
            if (trapped <= rung || _owners[level + 1] != NoRung || _rungs[trapped].IsClosing) continue;
            _owners[level] = NoRung;
            Own(level + 1, trapped);
        }
    }

    /// <summary>The highest rung when every rung that can be traded is held whole; none otherwise.</summary>
    private int Saturated()
    {
        var highest = NoRung;
        for (var i = 0; i < _rungs.Length; i++)
        {
            ref readonly var rung = ref _rungs[i];
            if (rung.HeldE8 > 0 ? rung.IsArmed || rung.IsClosing || rung.EntryId != 0 : IsTradable(i)) return NoRung;
            if (rung.HeldE8 > 0) highest = i;
        }
        return highest;
    }

    /// <summary>After the highest rung is closed: every lot below moves up to the next rung where that is empty, with its orders.</summary>
    private void Shift()
    {
        if (_rungs[_saturatedRung].IsEngaged) return;
        for (var i = _saturatedRung - 1; i >= 0; i--)
        {
            ref var from = ref _rungs[i];
            ref var to = ref _rungs[i + 1];
            if (from.HeldE8 == 0 || from.EntryId != 0 || to.IsEngaged || to.IsArmed) continue;
            var level = from.TakeProfitLevel;
            (to, from) = (from, default);
            // The lot is whole as it is; the rung it came from may have asked for another quantity than this one would.
            (to.EnteredE8, to.QuantityE8, to.IsArmed) = (to.HeldE8, to.HeldE8, false);
            if (level >= i + 2)
            {
                Own(level, i + 1);
                continue;
            }
            _owners[level] = NoRung;
            TakeLevelFrom(i + 1, i + 2);
        }
        _saturatedRung = NoRung;
    }
}
