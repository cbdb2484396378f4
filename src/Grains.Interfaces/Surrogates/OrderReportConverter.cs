using Granary.Engine.Orders;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries order reports between hosts.</summary>
[RegisterConverter]
public sealed class OrderReportConverter : IConverter<OrderReport, OrderReportConverter.Surrogate>
{
    /// <inheritdoc/>
    public OrderReport ConvertFromSurrogate(in Surrogate surrogate) =>
        new(
            surrogate.Symbol, surrogate.ClientOrderId, surrogate.VenueOrderId, surrogate.Status, surrogate.Side, surrogate.Type,
            surrogate.TimeInForce, surrogate.Quantity, surrogate.Price, surrogate.ExecutedQuantity, surrogate.AveragePrice, surrogate.ReduceOnly,
            surrogate.TimeMs, surrogate.Fill)
        {
            ForcedClose = surrogate.ForcedClose,
        };

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in OrderReport value) => new()
    {
        Symbol = value.Symbol,
        ClientOrderId = value.ClientOrderId,
        VenueOrderId = value.VenueOrderId,
        Status = value.Status,
        Side = value.Side,
        Type = value.Type,
        TimeInForce = value.TimeInForce,
        Quantity = value.Quantity,
        Price = value.Price,
        ExecutedQuantity = value.ExecutedQuantity,
        AveragePrice = value.AveragePrice,
        ReduceOnly = value.ReduceOnly,
        TimeMs = value.TimeMs,
        Fill = value.Fill,
        ForcedClose = value.ForcedClose,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.OrderReport")]
    public struct Surrogate
    {
        /// <summary>Symbol of the value.</summary>
        [Id(0)]
        public string Symbol;

        /// <summary>ClientOrderId of the value.</summary>
        [Id(1)]
        public string ClientOrderId;

        /// <summary>VenueOrderId of the value.</summary>
        [Id(2)]
        public long VenueOrderId;

        /// <summary>Status of the value.</summary>
        [Id(3)]
        public OrderStatus Status;

        /// <summary>Side of the value.</summary>
        [Id(4)]
        public OrderSide Side;

        /// <summary>Type of the value.</summary>
        [Id(5)]
        public OrderType Type;

        /// <summary>TimeInForce of the value.</summary>
        [Id(6)]
        public TimeInForce TimeInForce;

        /// <summary>Quantity of the value.</summary>
        [Id(7)]
        public decimal Quantity;

        /// <summary>Price of the value.</summary>
        [Id(8)]
        public decimal Price;

        /// <summary>ExecutedQuantity of the value.</summary>
        [Id(9)]
        public decimal ExecutedQuantity;

        /// <summary>AveragePrice of the value.</summary>
        [Id(10)]
        public decimal AveragePrice;

        /// <summary>ReduceOnly of the value.</summary>
        [Id(11)]
        public bool ReduceOnly;

        /// <summary>TimeMs of the value.</summary>
        [Id(12)]
        public long TimeMs;

        /// <summary>Fill of the value.</summary>
        [Id(13)]
        public Fill? Fill;

        /// <summary>Whether the venue itself placed the order.</summary>
        [Id(14)]
        public ForcedClose ForcedClose;
    }
}
