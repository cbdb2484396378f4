using System.Data;
using Granary.Journal.Records;

namespace Granary.Journal.Sqlite.Tables;

/// <summary>Fills, unique by account, symbol and trade id.</summary>
internal static class FillTable
{
    public const string Columns =
        "account, symbol, trade_id, client_order_id, venue_order_id, strategy, side, price, quantity, fee, fee_asset, realized_pnl, is_maker, time_ms";

    /// <exception cref="ArgumentException">A field cannot be stored; the message names it.</exception>
    public static object[] Values(FillRecord r) =>
    [
        Cells.Key(r.Account, "fill Account"), Cells.Key(r.Symbol, "fill Symbol"), r.TradeId, Cells.Text(r.ClientOrderId, "fill ClientOrderId"),
        r.VenueOrderId, Cells.Text(r.Strategy, "fill Strategy"), Cells.Text(r.Side, "fill Side"), Cells.Decimal(r.Price), Cells.Decimal(r.Quantity),
        Cells.Decimal(r.Fee), Cells.Text(r.FeeAsset, "fill FeeAsset"), Cells.Decimal(r.RealizedPnl), r.IsMaker, r.TimeMs,
    ];

    /// <summary>Reads columns and, after them, seq.</summary>
    public static FillRecord Read(IDataRecord row) => new(
        row.GetInt64(14), row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4), row.GetString(5), row.GetString(6),
        Cells.ReadDecimal(row, 7), Cells.ReadDecimal(row, 8), Cells.ReadDecimal(row, 9), row.GetString(10), Cells.ReadDecimal(row, 11),
        Cells.ReadFlag(row, 12), row.GetInt64(13));
}
