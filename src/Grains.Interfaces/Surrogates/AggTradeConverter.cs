using Granary.Engine.Market;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries trades between hosts.</summary>
[RegisterConverter]
public sealed class AggTradeConverter : IConverter<AggTrade, AggTradeConverter.Surrogate>
{
    /// <inheritdoc/>
    public AggTrade ConvertFromSurrogate(in Surrogate surrogate) =>
        new(
            surrogate.Id, surrogate.TimeMs, surrogate.PriceE8, surrogate.QuantityE8, surrogate.FirstTradeId, surrogate.TradeCount,
            surrogate.IsBuyerMaker);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in AggTrade value) => new()
    {
        Id = value.Id,
        TimeMs = value.TimeMs,
        PriceE8 = value.PriceE8,
        QuantityE8 = value.QuantityE8,
        FirstTradeId = value.FirstTradeId,
        TradeCount = value.TradeCount,
        IsBuyerMaker = value.IsBuyerMaker,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.AggTrade")]
    public struct Surrogate
    {
        /// <summary>Id of the value.</summary>
        [Id(0)]
        public long Id;

        /// <summary>TimeMs of the value.</summary>
        [Id(1)]
        public long TimeMs;

        /// <summary>PriceE8 of the value.</summary>
        [Id(2)]
        public long PriceE8;

        /// <summary>QuantityE8 of the value.</summary>
        [Id(3)]
        public long QuantityE8;

        /// <summary>FirstTradeId of the value.</summary>
        [Id(4)]
        public long FirstTradeId;

        /// <summary>TradeCount of the value.</summary>
        [Id(5)]
        public int TradeCount;

        /// <summary>IsBuyerMaker of the value.</summary>
        [Id(6)]
        public bool IsBuyerMaker;
    }
}
