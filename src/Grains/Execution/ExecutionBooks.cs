using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Journal.Records;

namespace Granary.Grains.Execution;

/// <summary>
/// The books of one account in one symbol: a function of the fills in the journal, nothing else. Realised PnL and fees are the venue's own figures of each
/// fill, so that the wallet can be reproduced to the last decimal; quantity and cost come from the ledger kernel.
/// </summary>
internal sealed class ExecutionBooks(string account, string symbol)
{
    private const long MsPerDay = 86_400_000;

    public PositionLedger Ledger { get; } = new();

    public decimal RealizedPnl { get; private set; }

    public decimal Fees { get; private set; }

    public long FillCount { get; private set; }

    /// <summary>UTC day of market time of the newest fill.</summary>
    public long Day { get; private set; }

    /// <summary>Realised net of fees in that day.</summary>
    public decimal DayPnl { get; private set; }

    /// <summary>Client order id of the entry that opened the position, the approved one where it was placed in parts; empty when flat.</summary>
    public string OpeningId { get; private set; } = "";

    /// <summary>Strategy of that entry, or EXTERNAL; empty when flat.</summary>
    public string Strategy { get; private set; } = "";

    /// <summary>ATR at that entry, or null when it is not ours.</summary>
    public double? Atr { get; private set; }

    /// <summary>Protective stop set by that entry, or null.</summary>
    public decimal? StopPrice { get; private set; }

    /// <summary>Books a fill.</summary>
    /// <param name="fill">A fill never booked before.</param>
    /// <param name="order">Its order as far as known.</param>
    public void Book(Fill fill, TrackedOrder? order)
    {
        var before = Ledger.Quantity;
        Ledger.Apply(fill);
        RealizedPnl += fill.RealizedPnl;
        Fees += fill.Fee;
        FillCount++;
        var day = fill.TimeMs / MsPerDay;
        if (day > Day)
        {
            Day = day;
            DayPnl = 0;
        }

        if (day == Day) DayPnl += fill.RealizedPnl - fill.Fee;
        if (Ledger.Quantity == 0) SetEntry("", "", null, null);
        else if (before == 0 || Math.Sign(before) != Math.Sign(Ledger.Quantity))
            SetEntry(fill.ClientOrderId.Length > 0 ? ClientOrderId.ParentOf(fill.ClientOrderId) : $"#{fill.VenueOrderId}", order?.Strategy ?? TrackedOrder.External, order?.Source?.Atr, order?.Source?.StopPrice);
    }

    /// <summary>Books a journalled fill again after a restart.</summary>
    public void Restore(FillRecord record, OrderRecord? order)
    {
        Book(ToFill(record), null);
        if (Ledger.Quantity != 0 && OpeningId == ClientOrderId.ParentOf(record.ClientOrderId)) SetEntry(OpeningId, record.Strategy, order?.Atr ?? Atr, order?.StopPrice ?? StopPrice);
    }

    public FillRecord ToRecord(Fill fill, string strategy) => new(
        0, account, symbol, fill.TradeId, fill.ClientOrderId, fill.VenueOrderId, strategy, fill.Side.ToString(), fill.Price, fill.Quantity, fill.Fee,
        fill.FeeAsset, fill.RealizedPnl, fill.IsMaker, fill.TimeMs);

    public PositionRecord ToRecord(long auditedTradeId, long nowMs)
    {
        var writer = new SnapshotWriter();
        writer.Section("entry", 1);
        writer.Write(OpeningId);
        writer.Write(FillCount);
        return new PositionRecord(account, symbol, Ledger.Quantity, Ledger.CostBasis, RealizedPnl, Fees, auditedTradeId, Strategy, writer.ToArray(), nowMs);
    }

    public static Fill ToFill(FillRecord r) => new(
        r.Symbol, r.TradeId, r.ClientOrderId, r.VenueOrderId, Enum.Parse<OrderSide>(r.Side), r.Price, r.Quantity, r.Fee, r.FeeAsset, r.RealizedPnl,
        r.IsMaker, r.TimeMs);

    private void SetEntry(string openingId, string strategy, double? atr, decimal? stopPrice)
    {
        OpeningId = openingId;
        Strategy = strategy;
        Atr = atr;
        StopPrice = stopPrice;
    }
}
