namespace Granary.Engine.Grid;

/// <content>What no plan of the grid brought about.</content>
public sealed partial class GridLadder
{
    /// <summary>Takes lots off, from the limit on.</summary>
    /// <returns>What was not held, base units, E8.</returns>
    internal long Reduce(long quantityE8, long priceE8)
    {
        for (var i = _rungs.Length - 1; i >= 0 && quantityE8 > 0; i--)
        {
            var taken = Math.Min(quantityE8, _rungs[i].HeldE8);
            if (taken > 0) Leave(i, taken, priceE8, isTakeProfit: false);
            quantityE8 -= taken;
        }
        return quantityE8;
    }

    /// <summary>Whether an order carries anything of it.</summary>
    internal bool IsCarrying(long id)
    {
        foreach (ref readonly var rung in _rungs.AsSpan())
            if (rung.EntryId == id || rung.TakeProfitId == id || rung.CloseId == id) return true;
        return false;
    }

    /// <summary>Binds an order to a rung by its name.</summary>
    internal bool Recall(long id, RungName name, long priceE8)
    {
        var found = NoRung;
        for (var i = 0; i < _rungs.Length; i++)
        {
            if (name.Purpose != GridPurpose.Entry && _rungs[i].HeldE8 == 0) continue;
            var isNamed = i == name.Rung && (priceE8 == 0 || DistanceE8(i, name.Purpose, priceE8) == 0);
            if (isNamed || found == NoRung || (priceE8 > 0 && DistanceE8(i, name.Purpose, priceE8) < DistanceE8(found, name.Purpose, priceE8))) found = i;
            if (isNamed) break;
        }
        if (found == NoRung) return false;
        _rungs[found].Link(name.Purpose, id);
        return true;
    }

    private long DistanceE8(int rung, GridPurpose purpose, long priceE8) =>
        Math.Abs((purpose == GridPurpose.Entry ? _entryE8[rung] : _takeProfitE8[_rungs[rung].TakeProfitLevel]) - priceE8);
}
