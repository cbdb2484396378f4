using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Positions;

/// <summary>
/// Whose a one-way position is. Fills of the engine's orders make up one lot, foreign ones (orders placed by hand, what the venue closes itself, synthetic fills)
/// the EXTERNAL lot, and what is left of the engine's lot after a reduction and too small to be ordered goes to the dust ledger: to a strategy its position
/// is then closed. On such an account nothing is held against itself, so a fill against the position first closes lots: its owner's, then the others'. Hence
/// all lots have the position's sign, and their sum is the position. Each lot's PnL and fees are its own; a fee is shared by quantity. Without allocation
/// unless a fill concerns several lots.
/// </summary>
/// <param name="marginAsset">Asset in which fees count as a lot's; default USDT.</param>
public sealed class PositionLots(string marginAsset = "USDT")
{
    /// <summary>What the engine's strategies hold.</summary>
    public PositionLedger Own { get; } = new(marginAsset);

    /// <summary>What somebody else brought.</summary>
    public PositionLedger External { get; } = new(marginAsset);

    /// <summary>What is left over and too small to be ordered.</summary>
    public PositionLedger Dust { get; } = new(marginAsset);

    /// <summary>The smallest quantity of an order, base units (<see cref="DustRule"/>); 0, the default: nothing is dust.</summary>
    public decimal QuantityMin { get; set; }

    /// <summary>Signed base units of all lots: the position.</summary>
    public decimal Quantity => Own.Quantity + External.Quantity + Dust.Quantity;

    /// <summary>Books a fill.</summary>
    /// <param name="fill">A fill never booked before.</param>
    /// <param name="isOwn">Whether its order is the engine's.</param>
    /// <exception cref="ArgumentOutOfRangeException">Price or quantity is not above 0.</exception>
    public void Apply(Fill fill, bool isOwn)
    {
        var rest = fill.Quantity;
        var fee = fill.Fee;
        if (Quantity != 0 && Math.Sign(Quantity) != (int)fill.Side)
        {
            Close(isOwn ? Own : External);
            Close(isOwn ? Dust : Own);
            Close(isOwn ? External : Dust);
        }
        if (rest > 0) (isOwn ? Own : External).Apply(Part(fill, rest, fee));
        if (Own.Quantity != 0 && Math.Sign(Own.Quantity) != (int)fill.Side && DustRule.IsDust(Own.Quantity, QuantityMin)) Sweep();

        void Close(PositionLedger lot)
        {
            var part = Math.Min(rest, Math.Abs(lot.Quantity));
            if (part == 0) return;
            var share = part == rest ? fee : decimal.Round(fill.Fee * part / fill.Quantity, PositionLedger.CostDecimals, MidpointRounding.ToEven);
            lot.Apply(Part(fill, part, share));
            (rest, fee) = (rest - part, fee - share);
        }
    }

    /// <summary>Takes over a position that fills do not explain: what the engine does not hold of it is EXTERNAL.</summary>
    /// <param name="quantity">Signed base units.</param>
    /// <param name="entryPrice">Of the whole, quote units; ignored when the quantity is 0.</param>
    public void Adopt(decimal quantity, decimal entryPrice)
    {
        var own = Math.Sign(Own.Quantity) == Math.Sign(quantity) ? Math.Min(Math.Abs(Own.Quantity), Math.Abs(quantity)) * Math.Sign(quantity) : 0;
        Own.Adopt(own, Own.EntryPrice);
        Dust.Adopt(0, 0);
        External.Adopt(quantity - own, entryPrice);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("lots", 1);
        Own.Write(writer);
        External.Write(writer);
        Dust.Write(writer);
        writer.Write(QuantityMin);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("lots", 1);
        Own.Read(ref reader);
        External.Read(ref reader);
        Dust.Read(ref reader);
        QuantityMin = reader.ReadDecimal();
        var (own, external, dust) = (Math.Sign(Own.Quantity), Math.Sign(External.Quantity), Math.Sign(Dust.Quantity));
        if (own * external < 0 || own * dust < 0 || external * dust < 0 || QuantityMin < 0)
            throw new InvalidDataException("lots snapshot is damaged: its lots are of different signs");
    }

    private static Fill Part(Fill fill, decimal quantity, decimal fee) => quantity == fill.Quantity ? fill : fill with { Quantity = quantity, Fee = fee };

    private void Sweep()
    {
        var quantity = Own.Quantity + Dust.Quantity;
        Dust.Adopt(quantity, (Own.CostBasis + Dust.CostBasis) / quantity);
        Own.Adopt(0, 0);
    }
}
