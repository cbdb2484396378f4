using Granary.Engine.Orders;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries fills between hosts.</summary>
[RegisterConverter]
public sealed class FillConverter : IConverter<Fill, FillConverter.Surrogate>
{
    /// <inheritdoc/>
    public Fill ConvertFromSurrogate(in Surrogate surrogate) =>
        new(
            surrogate.Symbol, surrogate.TradeId, surrogate.ClientOrderId, surrogate.VenueOrderId, surrogate.Side, surrogate.Price,
            surrogate.Quantity, surrogate.Fee, surrogate.FeeAsset, surrogate.RealizedPnl, surrogate.IsMaker, surrogate.TimeMs);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in Fill value) => new()
    {
        Symbol = value.Symbol,
        TradeId = value.TradeId,
        ClientOrderId = value.ClientOrderId,
        VenueOrderId = value.VenueOrderId,
        Side = value.Side,
        Price = value.Price,
        Quantity = value.Quantity,
        Fee = value.Fee,
        FeeAsset = value.FeeAsset,
        RealizedPnl = value.RealizedPnl,
        IsMaker = value.IsMaker,
        TimeMs = value.TimeMs,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.Fill")]
    public struct Surrogate
    {
        /// <summary>Symbol of the value.</summary>
        [Id(0)]
        public string Symbol;

        /// <summary>TradeId of the value.</summary>
        [Id(1)]
        public long TradeId;

        /// <summary>ClientOrderId of the value.</summary>
        [Id(2)]
        public string ClientOrderId;

        /// <summary>VenueOrderId of the value.</summary>
        [Id(3)]
        public long VenueOrderId;

        /// <summary>Side of the value.</summary>
        [Id(4)]
        public OrderSide Side;

        /// <summary>Price of the value.</summary>
        [Id(5)]
        public decimal Price;

        /// <summary>Quantity of the value.</summary>
        [Id(6)]
        public decimal Quantity;

        /// <summary>Fee of the value.</summary>
        [Id(7)]
        public decimal Fee;

        /// <summary>FeeAsset of the value.</summary>
        [Id(8)]
        public string FeeAsset;

        /// <summary>RealizedPnl of the value.</summary>
        [Id(9)]
        public decimal RealizedPnl;

        /// <summary>IsMaker of the value.</summary>
        [Id(10)]
        public bool IsMaker;

        /// <summary>TimeMs of the value.</summary>
        [Id(11)]
        public long TimeMs;
    }
}
