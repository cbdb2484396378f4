using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Positions;

/// <summary>
/// A one-way position in one symbol, built from fills in exact decimals: the signed cost of the open quantity is kept, the entry price is computed from it.
/// An increase adds price times quantity; a decrease takes the closed share of the cost (volume-weighted entry) and realises the rest; a flip closes all and
/// opens the remainder at the fill's price. A share that does not terminate is rounded to <see cref="CostDecimals"/> decimals and what it lacks stays in the
/// cost, so at every moment realised + unrealised = quantity * mark - sum of signed price * quantity, exactly, and a flat position has no residue.
/// Exact for prices and quantities of up to eight decimals each and amounts below 10^12 quote units.
/// It does not recognise repeated fills: the order tracker announces each once.
/// </summary>
/// <param name="marginAsset">Asset in which fees count as <see cref="Fees"/>; default USDT.</param>
public sealed class PositionLedger(string marginAsset = "USDT")
{
    /// <summary>Decimals of the cost: those of a product of two numbers with eight decimals.</summary>
    public const int CostDecimals = 16;

    /// <summary>Fee assets that fit; more is an error.</summary>
    public const int FeeAssetsMax = 32;

    private readonly SortedDictionary<string, decimal> _fees = new(StringComparer.Ordinal);

    /// <summary>Signed base units; positive is long.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Signed cost of the open quantity in quote units: sum of signed price times quantity; 0 when flat.</summary>
    public decimal CostBasis { get; private set; }

    /// <summary>Volume-weighted entry price in quote units; 0 when flat.</summary>
    public decimal EntryPrice => Quantity == 0 ? 0 : CostBasis / Quantity;

    /// <summary>Realised PnL since the beginning, before fees, quote units.</summary>
    public decimal RealizedPnl { get; private set; }

    /// <summary>Fees paid in the margin asset since the beginning; a rebate is negative.</summary>
    public decimal Fees => _fees.GetValueOrDefault(marginAsset);

    /// <summary>Fees by asset, ordered by name.</summary>
    public IReadOnlyDictionary<string, decimal> FeesByAsset => _fees;

    /// <summary>The largest trade id contained; 0 when there is none.</summary>
    public long LastTradeId { get; private set; }

    /// <summary>Whether nothing is held.</summary>
    public bool IsFlat => Quantity == 0;

    /// <summary>PnL of the open quantity at a mark price, quote units.</summary>
    public decimal UnrealizedPnl(decimal mark) => (Quantity * mark) - CostBasis;

    /// <summary>Books a fill.</summary>
    /// <returns>The PnL that the fill realised, before its fee; 0 when it only increases.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Price or quantity is not above 0.</exception>
    /// <exception cref="InvalidOperationException">A fee in yet another asset does not fit.</exception>
    public decimal Apply(Fill fill)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fill.Price);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fill.Quantity);
        AddFee(fill.FeeAsset, fill.Fee);
        LastTradeId = Math.Max(LastTradeId, fill.TradeId);

        var signed = fill.SignedQuantity;
        var reduces = Quantity != 0 && Math.Sign(signed) != Math.Sign(Quantity);
        if (!reduces)
        {
            Quantity += signed;
            CostBasis += signed * fill.Price;
            return 0;
        }
        var closed = Math.Min(fill.Quantity, Math.Abs(Quantity));
        var closedSigned = closed * Math.Sign(Quantity);
        var cost = closedSigned == Quantity ? CostBasis : decimal.Round(CostBasis * closedSigned / Quantity, CostDecimals, MidpointRounding.ToEven);
        var realized = (closedSigned * fill.Price) - cost;
        Quantity -= closedSigned;
        CostBasis -= cost;
        RealizedPnl += realized;
        var opened = signed + closedSigned;
        if (opened != 0)
        {
            Quantity = opened;
            CostBasis = opened * fill.Price;
        }
        return realized;
    }

    /// <summary>Takes over what the venue says where fills cannot explain it; realised PnL and fees stay as they are.</summary>
    /// <param name="quantity">Signed base units.</param>
    /// <param name="entryPrice">Quote units; ignored when the quantity is 0.</param>
    public void Adopt(decimal quantity, decimal entryPrice)
    {
        Quantity = quantity;
        CostBasis = quantity == 0 ? 0 : decimal.Round(quantity * entryPrice, CostDecimals, MidpointRounding.ToEven);
    }

    /// <summary>Puts back a journalled position.</summary>
    /// <param name="quantity">Signed base units.</param>
    /// <param name="costBasis">Signed cost in quote units.</param>
    /// <param name="realizedPnl">Since the beginning.</param>
    /// <param name="fees">In the margin asset, since the beginning.</param>
    /// <param name="lastTradeId">The last fill contained.</param>
    public void Restore(decimal quantity, decimal costBasis, decimal realizedPnl, decimal fees, long lastTradeId)
    {
        Quantity = quantity;
        CostBasis = costBasis;
        RealizedPnl = realizedPnl;
        _fees.Clear();
        if (fees != 0) _fees[marginAsset] = fees;
        LastTradeId = lastTradeId;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("position", 1);
        writer.Write(Quantity);
        writer.Write(CostBasis);
        writer.Write(RealizedPnl);
        writer.Write(LastTradeId);
        writer.Write(_fees.Count);
        foreach (var (asset, fee) in _fees)
        {
            writer.Write(asset);
            writer.Write(fee);
        }
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("position", 1);
        Quantity = reader.ReadDecimal();
        CostBasis = reader.ReadDecimal();
        RealizedPnl = reader.ReadDecimal();
        LastTradeId = reader.ReadInt64();
        _fees.Clear();
        for (var i = reader.ReadCount(FeeAssetsMax, "fee assets"); i > 0; i--) _fees[reader.ReadString()] = reader.ReadDecimal();
    }

    private void AddFee(string asset, decimal fee)
    {
        if (fee == 0) return;
        if (!_fees.TryGetValue(asset, out var sum) && _fees.Count == FeeAssetsMax)
            throw new InvalidOperationException($"fee asset {asset} does not fit: the ledger holds {FeeAssetsMax} fee assets");
        _fees[asset] = sum + fee;
    }
}
