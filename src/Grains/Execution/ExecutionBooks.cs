using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Reconciliation;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Grains.Interfaces.Execution;
using Granary.Journal.Records;

namespace Granary.Grains.Execution;

/// <summary>
/// The books of one account in one symbol: a function of the fills in the journal, nothing else. Realised PnL and fees are the venue's own figures of each
/// fill, so that the wallet can be reproduced to the last decimal; quantity and cost come from the ledger kernel.
/// </summary>
internal sealed class ExecutionBooks(string account, string symbol)
{
    private const long MsPerDay = 86_400_000;

    private string _externalId = "";

    public PositionLedger Ledger { get; } = new();

    /// <summary>Whose the position is.</summary>
    public PositionLots Lots { get; } = new();

    public SyntheticFills Synthetic { get; } = new();

    /// <summary>Venue time of the newest fill; 0 when there is none.</summary>
    public long LastFillMs { get; private set; }

    public decimal RealizedPnl { get; private set; }

    /// <summary>Fees paid in the margin asset. Those paid in others leave the wallet alone and stand apart in <see cref="OtherFees"/>.</summary>
    public decimal Fees => Ledger.Fees;

    /// <summary>Fees paid in other assets, each in its own units, by name.</summary>
    public AssetAmount[] OtherFees => [.. Ledger.FeesByAsset.Where(fee => fee.Key != TrackedOrder.FeeAsset).Select(fee => new AssetAmount(fee.Key, fee.Value))];

    public long FillCount { get; private set; }

    /// <summary>UTC day of market time of the newest fill.</summary>
    public long Day { get; private set; }

    /// <summary>Realised net of fees in that day.</summary>
    public decimal DayPnl { get; private set; }

    /// <summary>Whether any fill was the engine's own: a position without a lot of its own is then known to be somebody else's.</summary>
    public bool HasTraded { get; private set; }

    /// <summary>
    /// Client order id of the entry that opened the engine's lot, the approved one where it was placed in parts; without such a lot of the order that opened the
    /// EXTERNAL one; empty without either.
    /// </summary>
    public string OpeningId { get; private set; } = "";

    /// <summary>Strategy of that entry, or EXTERNAL; empty without either lot.</summary>
    public string Strategy { get; private set; } = "";

    /// <summary>ATR at that entry, or null when it is not ours.</summary>
    public double? Atr { get; private set; }

    /// <summary>Protective stop set by that entry, or null.</summary>
    public decimal? StopPrice { get; private set; }

    /// <summary>Books a fill.</summary>
    /// <param name="fill">A fill never booked before.</param>
    /// <param name="order">Its order as far as known.</param>
    public void Book(Fill fill, TrackedOrder? order) => Book(fill, order?.Strategy ?? TrackedOrder.External, order?.Source?.Atr, order?.Source?.StopPrice);

    /// <summary>Books a journalled fill again after a restart.</summary>
    public void Restore(FillRecord record, OrderRecord? order) => Book(ToFill(record), record.Strategy, order?.Atr, order?.StopPrice);

    private void Book(Fill fill, string strategy, double? atr, decimal? stopPrice)
    {
        var isOwn = strategy != TrackedOrder.External;
        var (own, external) = (Lots.Own.Quantity, Lots.External.Quantity);
        Ledger.Apply(fill);
        Lots.Apply(fill, isOwn);
        HasTraded |= isOwn;
        Synthetic.Take(fill);
        LastFillMs = Math.Max(LastFillMs, fill.TimeMs);
        RealizedPnl += fill.RealizedPnl;
        FillCount++;
        var day = fill.TimeMs / MsPerDay;
        if (day > Day)
        {
            Day = day;
            DayPnl = 0;
        }

        if (day == Day) DayPnl += fill.RealizedPnl - (fill.FeeAsset == TrackedOrder.FeeAsset ? fill.Fee : 0);
        var id = fill.ClientOrderId.Length > 0 ? ClientOrderId.ParentOf(fill.ClientOrderId) : $"#{fill.VenueOrderId}";
        if (IsOpened(external, Lots.External.Quantity)) _externalId = id;
        if (IsOpened(own, Lots.Own.Quantity)) SetEntry(id, strategy, atr, stopPrice);
        else if (Lots.Own.Quantity == 0 && Lots.External.Quantity != 0) SetEntry(_externalId, TrackedOrder.External, null, null);
        else if (Lots.Own.Quantity == 0) SetEntry("", "", null, null);
    }

    public FillRecord ToRecord(Fill fill, string strategy) => new(
        0, account, symbol, fill.TradeId, fill.ClientOrderId, fill.VenueOrderId, strategy, fill.Side.ToString(), fill.Price, fill.Quantity, fill.Fee,
        fill.FeeAsset, fill.RealizedPnl, fill.IsMaker, fill.TimeMs);

    public PositionRecord ToRecord(long auditedTradeId, long nowMs)
    {
        var writer = new SnapshotWriter();
        writer.Section("entry", 2);
        writer.Write(OpeningId);
        writer.Write(FillCount);
        writer.Write(Lots.QuantityMin);
        return new PositionRecord(account, symbol, Ledger.Quantity, Ledger.CostBasis, RealizedPnl, Fees, auditedTradeId, Strategy, writer.ToArray(), nowMs);
    }

    /// <summary>The smallest order's quantity as it was when the record was written; 0 where it was not known.</summary>
    public static decimal QuantityMinOf(PositionRecord record)
    {
        if (record.Guard.Length == 0) return 0;
        var reader = new SnapshotReader(record.Guard);
        if (reader.Section("entry", 2) < 2) return 0;
        reader.ReadString();
        reader.ReadInt64();
        return reader.ReadDecimal();
    }

    public static Fill ToFill(FillRecord r) => new(
        r.Symbol, r.TradeId, r.ClientOrderId, r.VenueOrderId, Enum.Parse<OrderSide>(r.Side), r.Price, r.Quantity, r.Fee, r.FeeAsset, r.RealizedPnl,
        r.IsMaker, r.TimeMs);

    private static bool IsOpened(decimal before, decimal after) => after != 0 && (before == 0 || Math.Sign(before) != Math.Sign(after));

    private void SetEntry(string openingId, string strategy, double? atr, decimal? stopPrice)
    {
        OpeningId = openingId;
        Strategy = strategy;
        Atr = atr;
        StopPrice = stopPrice;
    }
}
