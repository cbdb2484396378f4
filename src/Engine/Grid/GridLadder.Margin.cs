using Granary.Engine.Margin;
using Granary.Engine.Market;

namespace Granary.Engine.Grid;

/// <content>
/// Leverage and liquidation of the ladder's position, its average entry kept as the venue keeps it and its margin being entry value / leverage. The line
/// that the
/// liquidation price must stay beyond is the global stop, which lies beyond the boundary: otherwise the venue would close the position before the stop does.
/// </content>
public sealed partial class GridLadder
{
    /// <summary>The price at which what is held would be liquidated, quote units; null when nothing is held, or no price above 0 does.</summary>
    /// <param name="leverage">In force at the venue, 1 or more.</param>
    public decimal? LiquidationLine(int leverage) => HeldE8 == 0 ? null
        : LiquidationPrice.Isolated(_sign * Fixed8.ToDecimal(HeldE8), AverageEntry!.Value, EntryValue / leverage, _brackets);

    /// <summary>The largest leverage that is safe for what is held and for every armed entry; 1 or more.</summary>
    internal int SafeLeverage()
    {
        var leverage = Math.Min(_options.LeverageCap, _brackets.LeverageMaxAt(NotionalMax()));
        while (leverage > 1 && !IsSafe(_range.Boundary, leverage, isArmedToo: true)) leverage--;
        return leverage;
    }

    /// <summary>The largest leverage that is safe for every level; 1 or more.</summary>
    internal int BaseLeverage()
    {
        if (Count == 0) return 1;
        var leverage = GridLeverage.Capped(Side, Fixed8.ToDecimal(_entryE8[^1]), StopPrice, Rate(), _options.LeverageCap);
        return Math.Max((int)decimal.Floor(leverage), 1);
    }

    /// <summary>Margin with what is held.</summary>
    /// <param name="leverage">In force at the venue, 1 or more.</param>
    /// <param name="target">Aimed at, 1 or more.</param>
    /// <param name="cap">Quote units.</param>
    internal GridMargin Margin(int leverage, int target, decimal cap)
    {
        var margin = new GridMargin(Side, StopPrice, Rate(), Math.Min(leverage, target), Math.Max(leverage, target), cap);
        margin.Add(EntryValue);
        return margin;
    }

    /// <summary>A rung's level as it lands at the venue, E8.</summary>
    internal long EntryLevelE8(int rung) => _entryE8[rung];

    /// <summary>Whether what is held and every entry that rests stay safe with a boundary and a leverage.</summary>
    private bool IsSafe(decimal boundary, int leverage, bool isArmedToo)
    {
        if (leverage < 1) return HeldE8 == 0;
        var margin = new GridMargin(Side, StopAt(boundary), Rate(), leverage, leverage, 0);
        if (!margin.IsSafe(EntryValue, Fixed8.ToDecimal(HeldE8))) return false;
        for (var i = 0; i < _rungs.Length; i++)
        {
            if (_rungs[i].EntryId == 0 && !(isArmedToo && _rungs[i].IsArmed)) continue;
            if (!margin.IsSafe(Fixed8.ToDecimal(_entryE8[i]), 1)) return false;
        }
        return true;
    }

    private decimal Rate() => _brackets.Steps[_brackets.IndexOf(NotionalMax())].MaintenanceRate;

    /// <summary>The notional of everything held and wanted where it is largest, quote units.</summary>
    private decimal NotionalMax()
    {
        var quantityE8 = HeldE8;
        foreach (ref readonly var rung in _rungs.AsSpan())
            if (rung.IsArmed || rung.EntryId != 0) quantityE8 += rung.EntryLeftE8;
        return Fixed8.ToDecimal(quantityE8) * Math.Max(_range.Top, StopPrice);
    }
}
