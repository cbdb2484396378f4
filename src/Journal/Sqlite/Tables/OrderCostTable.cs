using System.Data;
using Granary.Journal.Records;

namespace Granary.Journal.Sqlite.Tables;

/// <summary>The latest costs of each approved order.</summary>
internal static class OrderCostTable
{
    public const int ColumnCount = 22;

    public const string Columns =
        "account, client_order_id, symbol, strategy, purpose, side, quantity, arrival_price, decision_price, forecast_bps, forecast_basis, filled, "
        + "average_price, bps, delay_quote, spread_quote, impact_quote, opportunity_quote, fees, is_over, state, time_ms";

    /// <summary>Updates what fills and the end of the order change; the order and its forecast stay as they were first written.</summary>
    public const string UpdateColumns =
        "filled = excluded.filled, average_price = excluded.average_price, bps = excluded.bps, delay_quote = excluded.delay_quote, "
        + "spread_quote = excluded.spread_quote, impact_quote = excluded.impact_quote, opportunity_quote = excluded.opportunity_quote, "
        + "fees = excluded.fees, is_over = excluded.is_over, state = excluded.state, time_ms = excluded.time_ms, seq = excluded.seq";

    /// <exception cref="ArgumentException">A field cannot be stored; the message names it.</exception>
    public static object[] Values(OrderCostRecord r) =>
    [
        Cells.Key(r.Account, "cost Account"), Cells.Key(r.ClientOrderId, "cost ClientOrderId"), Cells.Key(r.Symbol, "cost Symbol"),
        Cells.Text(r.Strategy, "cost Strategy"), Cells.Text(r.Purpose, "cost Purpose"), Cells.Text(r.Side, "cost Side"), Cells.Decimal(r.Quantity),
        Cells.Decimal(r.ArrivalPrice), Cells.Decimal(r.DecisionPrice), Cells.Double(r.ForecastBps, "cost ForecastBps"),
        Cells.Text(r.ForecastBasis, "cost ForecastBasis"), Cells.Decimal(r.Filled), Cells.Decimal(r.AveragePrice), Cells.Double(r.Bps, "cost Bps"),
        Cells.Decimal(r.DelayQuote), Cells.Decimal(r.SpreadQuote), Cells.Decimal(r.ImpactQuote), Cells.Decimal(r.OpportunityQuote), Cells.Decimal(r.Fees),
        r.IsOver, Cells.Bytes(r.State, "cost State"), r.TimeMs,
    ];

    public static OrderCostRecord Read(IDataRecord row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), Cells.ReadDecimal(row, 6),
        Cells.ReadDecimal(row, 7), Cells.ReadDecimalOrNull(row, 8), Cells.ReadDoubleOrNull(row, 9), row.GetString(10), Cells.ReadDecimal(row, 11),
        Cells.ReadDecimalOrNull(row, 12), Cells.ReadDoubleOrNull(row, 13), Cells.ReadDecimalOrNull(row, 14), Cells.ReadDecimalOrNull(row, 15),
        Cells.ReadDecimalOrNull(row, 16), Cells.ReadDecimalOrNull(row, 17), Cells.ReadDecimal(row, 18), Cells.ReadFlag(row, 19), Cells.ReadBytes(row, 20),
        row.GetInt64(21));
}
