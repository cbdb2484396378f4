using Granary.Engine.Orders;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries order requests between hosts.</summary>
[RegisterConverter]
public sealed class OrderRequestConverter : IConverter<OrderRequest, OrderRequestConverter.Surrogate>
{
    /// <inheritdoc/>
    public OrderRequest ConvertFromSurrogate(in Surrogate surrogate) =>
        new(
            surrogate.ClientOrderId, surrogate.Symbol, surrogate.Side, surrogate.Type, surrogate.TimeInForce, surrogate.Quantity, surrogate.Price,
            surrogate.ReduceOnly);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in OrderRequest value) => new()
    {
        ClientOrderId = value.ClientOrderId,
        Symbol = value.Symbol,
        Side = value.Side,
        Type = value.Type,
        TimeInForce = value.TimeInForce,
        Quantity = value.Quantity,
        Price = value.Price,
        ReduceOnly = value.ReduceOnly,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.OrderRequest")]
    public struct Surrogate
    {
        /// <summary>ClientOrderId of the value.</summary>
        [Id(0)]
        public string ClientOrderId;

        /// <summary>Symbol of the value.</summary>
        [Id(1)]
        public string Symbol;

        /// <summary>Side of the value.</summary>
        [Id(2)]
        public OrderSide Side;

        /// <summary>Type of the value.</summary>
        [Id(3)]
        public OrderType Type;

        /// <summary>TimeInForce of the value.</summary>
        [Id(4)]
        public TimeInForce TimeInForce;

        /// <summary>Quantity of the value.</summary>
        [Id(5)]
        public decimal Quantity;

        /// <summary>Price of the value.</summary>
        [Id(6)]
        public decimal? Price;

        /// <summary>ReduceOnly of the value.</summary>
        [Id(7)]
        public bool ReduceOnly;
    }
}
