using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Matching;

namespace Granary.Exchange.Accounts;

/// <summary>An account's order while the exchange works with it.</summary>
public sealed class AccountOrder
{
    internal AccountOrder(AccountState account, ListedSymbol symbol, ExchangeOrder order)
    {
        Account = account;
        Symbol = symbol;
        OrderId = order.OrderId;
        ClientOrderId = order.ClientOrderId;
        Side = order.Side;
        Type = order.Type;
        TimeInForce = order.TimeInForce;
        ReduceOnly = order.ReduceOnly;
        CreatedMs = order.CreatedMs;
        PositionSide = order.PositionSide;
        Origin = order.Origin;
        Update(order);
    }

    /// <summary>Rises across the whole exchange.</summary>
    public long OrderId { get; }

    /// <summary>Unique among the account's open orders of the symbol.</summary>
    public string ClientOrderId { get; }

    /// <summary>Buy or sell.</summary>
    public OrderSide Side { get; }

    /// <summary>Limit or market.</summary>
    public OrderType Type { get; }

    /// <summary>Time in force.</summary>
    public TimeInForce TimeInForce { get; }

    /// <summary>Ordered, base units.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Ordered, times 10^8.</summary>
    public long QuantityE8 { get; private set; }

    /// <summary>Limit in quote units, 0 for market orders.</summary>
    public decimal Price { get; private set; }

    /// <summary>Limit, times 10^8.</summary>
    public long PriceE8 { get; private set; }

    /// <summary>May only reduce.</summary>
    public bool ReduceOnly { get; }

    /// <summary>Which position it is for.</summary>
    public PositionSide PositionSide { get; }

    /// <summary>Who placed it.</summary>
    public OrderOrigin Origin { get; }

    /// <summary>Whether it can never make its position larger: reduce-only in one-way mode, or against its position's side in hedge mode.</summary>
    public bool OnlyReduces => ReduceOnly || Reduces(PositionSide, Side);

    /// <summary>Market time of creation.</summary>
    public long CreatedMs { get; }

    /// <summary>What the order carries beyond that.</summary>
    public OrderTerms Terms { get; internal set; } = OrderTerms.Default;

    /// <summary>Age in its queue: an amended order is as young as its last amendment.</summary>
    public long Rank => Terms.Rank == 0 ? OrderId : Terms.Rank;

    /// <summary>Where the order stands.</summary>
    public OrderStatus Status { get; internal set; }

    /// <summary>Filled, times 10^8.</summary>
    public long ExecutedE8 { get; internal set; }

    /// <summary>Filled, quote units.</summary>
    public decimal ExecutedQuote { get; internal set; }

    /// <summary>Market time of the last change.</summary>
    public long UpdatedMs { get; internal set; }

    /// <summary>Not filled yet, times 10^8.</summary>
    public long RemainingE8 => QuantityE8 - ExecutedE8;

    /// <summary>Whether it can still trade.</summary>
    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;

    internal AccountState Account { get; }

    internal ListedSymbol Symbol { get; }

    internal SymbolAccount Book => Account.Symbols[Symbol.Index];

    internal PositionState Leg => Book.Leg(PositionSide);

    /// <summary>Set while the order rests in a real book.</summary>
    internal BookOrder? Resting { get; set; }

    internal long RestingId { get; set; }

    /// <summary>What a recorded market may still fill; below the remainder only for reduce-only orders larger than the position.</summary>
    internal long WorkableE8 { get; set; }

    internal bool IsDirty { get; set; }

    internal ExchangeOrder ToContract() => new(
        OrderId, ClientOrderId, Symbol.Name, Side, Type, TimeInForce, Quantity, Price, ReduceOnly, Status, Fixed8.ToDecimal(ExecutedE8), ExecutedQuote,
        CreatedMs, UpdatedMs)
    {
        PositionSide = PositionSide,
        Origin = Origin,
        Terms = Terms,
    };

    /// <summary>Whether an order of this side can only make this position smaller; false in one-way mode.</summary>
    internal static bool Reduces(PositionSide position, OrderSide side) =>
        (position == PositionSide.Long && side == OrderSide.Sell) || (position == PositionSide.Short && side == OrderSide.Buy);

    internal void Update(ExchangeOrder order)
    {
        Amend(order.Price, order.Quantity, order.Terms);
        Status = order.Status;
        ExecutedE8 = Fixed8.FromDecimal(order.ExecutedQuantity);
        ExecutedQuote = order.ExecutedQuote;
        UpdatedMs = order.UpdatedMs;
    }

    internal void Amend(decimal price, decimal quantity, OrderTerms terms)
    {
        Price = price;
        PriceE8 = Fixed8.FromDecimal(price);
        Quantity = quantity;
        QuantityE8 = Fixed8.FromDecimal(quantity);
        Terms = terms;
    }
}
