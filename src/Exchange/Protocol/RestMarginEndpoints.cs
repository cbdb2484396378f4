using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Leverage, margin type, position mode and isolated margin of the account that asks, and what margin and funding did to it.</summary>
internal sealed class RestMarginEndpoints
{
    private const int MoneyScale = 8;
    private const long WeekMs = 604_800_000;

    public void AddTo(Dictionary<(string, string), RestRoute> routes)
    {
        Add("POST", "/fapi/v1/leverage", 1, SetLeverage);
        Add("POST", "/fapi/v1/marginType", 1, SetMarginType);
        Add("POST", "/fapi/v1/positionSide/dual", 1, SetPositionMode);
        Add("GET", "/fapi/v1/positionSide/dual", 30, PositionMode);
        Add("POST", "/fapi/v1/positionMargin", 1, MoveMargin);
        Add("GET", "/fapi/v1/positionMargin/history", 1, Moves);
        Add("GET", "/fapi/v1/leverageBracket", 1, Brackets);
        Add("GET", "/fapi/v1/income", 30, Income);
        routes.Add(("GET", "/fapi/v1/forceOrders"), new RestRoute(RestSecurity.Signed, p => p.Find("symbol") is null ? 50 : 20, false, ForceOrders));

        void Add(string method, string path, int weight, Action<RestRequestContext> answer) =>
            routes.Add((method, path), new RestRoute(RestSecurity.Signed, _ => weight, false, answer));
    }

    private static void SetLeverage(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var leverage = (int)Math.Clamp(c.Parameters.RequireLong("leverage"), 0, int.MaxValue);
        var settings = c.Exchange.SetLeverage(c.Account.Name, symbol.Symbol, leverage);
        c.Writer.BeginObject().Name("symbol"u8).Text(symbol.Symbol).Name("leverage"u8).Number((long)settings.Leverage)
            .Name("maxNotionalValue"u8).Decimal(settings.NotionalMax, 0).EndObject();
    }

    private static void SetMarginType(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var type = c.Parameters.Require("marginType") switch
        {
            "CROSSED" => MarginType.Crossed,
            "ISOLATED" => MarginType.Isolated,
            _ => throw VenueErrors.InvalidParameter("marginType"),
        };
        c.Exchange.SetMarginType(c.Account.Name, symbol.Symbol, type);
        Success(c);
    }

    private static void SetPositionMode(RestRequestContext c)
    {
        c.Exchange.SetHedgeMode(c.Account.Name, c.Parameters.FindBool("dualSidePosition") ?? throw VenueErrors.MandatoryParameter("dualSidePosition"));
        Success(c);
    }

    private static void PositionMode(RestRequestContext c) =>
        c.Writer.BeginObject().Name("dualSidePosition"u8).Bool(c.Exchange.IsHedgeMode(c.Account.Name)).EndObject();

    /// <summary>Type 1 adds, type 2 takes back.</summary>
    private static void MoveMargin(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var amount = c.Parameters.FindDecimal("amount") ?? throw VenueErrors.MandatoryParameter("amount");
        var type = c.Parameters.RequireLong("type");
        if (type is not (1 or 2)) throw VenueErrors.InvalidParameter("type");
        if (amount < 0 || decimal.Round(amount, MoneyScale) != amount) throw VenueErrors.InvalidParameter("amount");
        var side = OrderRequestParser.Position(c.Parameters);
        c.Exchange.MovePositionMargin(c.Account.Name, symbol.Symbol, side, type == 1 ? amount : -amount);
        c.Writer.BeginObject().Name("amount"u8).Number(amount).Name("code"u8).Number(200)
            .Name("msg"u8).Text("Successfully modify position margin.").Name("type"u8).Number(type).EndObject();
    }

    /// <summary>The latest moves of isolated margin, or those of the given time and type; newest first.</summary>
    private static void Moves(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var limit = c.Parameters.Limit(500, 1000);
        var type = c.Parameters.FindLong("type");
        if (type is not (null or 1 or 2)) throw VenueErrors.InvalidParameter("type");
        var (startMs, endMs) = (c.Parameters.FindLong("startTime") ?? 0, c.Parameters.FindLong("endTime") ?? long.MaxValue);
        c.Writer.BeginArray();
        foreach (var move in c.Exchange.GetPositionMarginMoves(c.Account.Name, symbol.Symbol)
            .Where(m => m.TimeMs >= startMs && m.TimeMs <= endMs && (type is null || m.Amount > 0 == (type == 1))).Reverse().Take(limit))
        {
            c.Writer.BeginObject().Name("symbol"u8).Text(move.Symbol).Name("type"u8).Number(move.Amount > 0 ? 1 : 2)
                .Name("deltaType"u8).Value("\"USER_ADJUST\""u8).Name("amount"u8).Decimal(Math.Abs(move.Amount), MoneyScale).Name("asset"u8).Value("\"USDT\""u8)
                .Name("time"u8).Number(move.TimeMs).Name("positionSide"u8).Value(VenueWords.Quoted(move.Side)).EndObject();
        }
        c.Writer.EndArray();
    }

    private static void Brackets(RestRequestContext c)
    {
        var symbol = c.FindSymbol();
        c.Writer.BeginArray();
        foreach (var f in symbol is null ? c.Symbols.All : [symbol])
        {
            c.Writer.BeginObject().Name("symbol"u8).Text(f.Symbol).Name("notionalCoef"u8).Number(1m).Name("brackets"u8).BeginArray();
            foreach (var bracket in c.Exchange.GetBrackets(f.Symbol))
            {
                c.Writer.BeginObject().Name("bracket"u8).Number((long)bracket.Bracket).Name("initialLeverage"u8).Number((long)bracket.InitialLeverage)
                    .Name("notionalCap"u8).Number(bracket.NotionalCap).Name("notionalFloor"u8).Number(bracket.NotionalFloor)
                    .Name("maintMarginRatio"u8).Number(bracket.MaintenanceRate).Name("cum"u8).Number(bracket.Cum).EndObject();
            }
            c.Writer.EndArray().EndObject();
        }
        c.Writer.EndArray();
    }

    /// <summary>From a start the first ones, otherwise those of the last seven days; oldest first.</summary>
    private static void Income(RestRequestContext c)
    {
        var symbol = c.FindSymbol();
        var limit = c.Parameters.Limit(100, 1000);
        var endMs = c.Parameters.FindLong("endTime") ?? long.MaxValue;
        var startMs = c.Parameters.FindLong("startTime") ?? Math.Min(endMs, c.Exchange.MarketTimeMs) - WeekMs;
        c.Writer.BeginArray();
        foreach (var each in c.Exchange.GetIncome(c.Account.Name, symbol?.Symbol, c.Parameters.Find("incomeType"), startMs, endMs, limit))
        {
            c.Writer.BeginObject().Name("symbol"u8).Text(each.Symbol).Name("incomeType"u8).Text(each.Type).Name("income"u8).Decimal(each.Amount, MoneyScale)
                .Name("asset"u8).Value("\"USDT\""u8).Name("time"u8).Number(each.TimeMs).Name("info"u8).Text(each.Info)
                .Name("tranId"u8).Number(each.TransactionId)
                .Name("tradeId"u8).Text(each.TradeId == 0 ? "" : each.TradeId.ToString(System.Globalization.CultureInfo.InvariantCulture)).EndObject();
        }
        c.Writer.EndArray();
    }

    /// <summary>The latest of seven days, or those of the given time.</summary>
    private static void ForceOrders(RestRequestContext c)
    {
        var symbol = c.FindSymbol();
        var limit = c.Parameters.Limit(symbol is null ? 50 : 100, 100);
        OrderOrigin? origin = c.Parameters.Find("autoCloseType") switch
        {
            null => null,
            "LIQUIDATION" => OrderOrigin.Liquidation,
            "ADL" => OrderOrigin.Deleveraging,
            _ => throw VenueErrors.InvalidParameter("autoCloseType"),
        };
        var endMs = c.Parameters.FindLong("endTime") ?? long.MaxValue;
        var startMs = c.Parameters.FindLong("startTime") ?? Math.Min(endMs, c.Exchange.MarketTimeMs) - WeekMs;
        c.Writer.BeginArray();
        foreach (var order in c.Exchange.GetForceOrders(c.Account.Name, symbol?.Symbol)
            .Where(o => (origin ?? o.Origin) == o.Origin && o.CreatedMs >= startMs && o.CreatedMs <= endMs).TakeLast(limit))
        {
            OrderJson.Write(c.Writer, c.Symbols.Get(order.Symbol), order, hasTime: true);
        }
        c.Writer.EndArray();
    }

    private static void Success(RestRequestContext c) =>
        c.Writer.BeginObject().Name("code"u8).Number(200).Name("msg"u8).Value("\"success\""u8).EndObject();
}
