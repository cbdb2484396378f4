using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Conditional;

/// <summary>What a conditional order must keep to when it comes. Margin and position are checked when it triggers, as the venue does.</summary>
internal static class ConditionalChecks
{
    private const decimal CallbackRateMin = 0.1m;
    private const decimal CallbackRateMax = 10m;

    /// <summary>Throws the first refusal.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="request">The order.</param>
    /// <param name="price">Latest price of its working type; 0 when there is none yet.</param>
    /// <param name="waiting">The account's waiting conditional orders in the symbol.</param>
    /// <exception cref="ExchangeException">-2007, -2021, -4006, -4014, -4130, -4164, or an order's own filters.</exception>
    public static void Check(ListedSymbol symbol, NewConditionalOrder request, decimal price, IReadOnlyList<ConditionalState> waiting)
    {
        var rules = symbol.Rules;
        if (request.Type == ConditionalType.TrailingStopMarket)
        {
            if (request.CallbackRate is < CallbackRateMin or > CallbackRateMax) throw DeskRefusals.CallbackRate();
            if (request.ActivatePrice != 0) Tick(rules, request.ActivatePrice);
        }
        else
        {
            Tick(rules, request.TriggerPrice);
        }
        // Without a mark: the order's price is bound to the market of its trigger, not to today's.
        if (!request.ClosePosition) OrderChecks.Filters(rules, Shape(request), 0);
        var reference = request.Price != 0 ? request.Price : request.TriggerPrice != 0 ? request.TriggerPrice : price;
        if (!request.ClosePosition && !request.ReduceOnly && !AccountOrder.Reduces(request.PositionSide, request.Side) && reference * request.Quantity < rules.NotionalMin)
            throw Refusals.NotionalTooSmall(rules.NotionalMin);
        if (price != 0 && ConditionalTrigger.IsReachedAtOnce(request, price)) throw DeskRefusals.TriggersAtOnce();
        if (request.ClosePosition && waiting.Any(w => IsSameClose(w.Order.Request, request)))
            throw DeskRefusals.CloseExists();
    }

    /// <summary>The order that a triggered one places.</summary>
    /// <param name="order">The conditional order.</param>
    /// <param name="held">Size of the position, for orders that close it.</param>
    public static NewOrder OrderOf(ConditionalOrder order, decimal held)
    {
        var request = order.Request;
        return new NewOrder(
            request.Symbol, request.Side, TypeOf(request.Type), request.TimeInForce, request.ClosePosition ? held : request.Quantity, request.Price,
            request.ReduceOnly || (request.ClosePosition && request.PositionSide == PositionSide.Both), order.ClientAlgoId)
        {
            PositionSide = request.PositionSide,
            Terms = request.Terms with
            {
                AlgoId = order.AlgoId,
                Origin = request.Type,
                StopPrice = request.TriggerPrice,
                ClosePosition = request.ClosePosition,
            },
        };
    }

    private static OrderType TypeOf(ConditionalType type) => type is ConditionalType.Stop or ConditionalType.TakeProfit ? OrderType.Limit : OrderType.Market;

    private static bool IsSameClose(NewConditionalOrder known, NewConditionalOrder request) =>
        known.ClosePosition && known.Side == request.Side && known.PositionSide == request.PositionSide && IsStop(known) == IsStop(request);

    private static bool IsStop(NewConditionalOrder request) => request.Type is ConditionalType.Stop or ConditionalType.StopMarket;

    /// <summary>The order's shape for the filters; with a price match its price is only known at the trigger.</summary>
    private static NewOrder Shape(NewConditionalOrder request) => new(
        request.Symbol, request.Side, request.Price == 0 ? OrderType.Market : TypeOf(request.Type), request.TimeInForce, request.Quantity, request.Price,
        request.ReduceOnly, request.ClientAlgoId)
    {
        PositionSide = request.PositionSide,
    };

    private static void Tick(SymbolRules rules, decimal price)
    {
        if (price <= 0) throw DeskRefusals.TriggerPriceNotPositive();
        if (price > rules.PriceMax) throw Refusals.PriceAboveMax();
        if (decimal.Round(price, rules.PricePrecision) != price) throw Refusals.Precision();
        if (price % rules.TickSize != 0) throw Refusals.PriceOffTick();
    }
}
