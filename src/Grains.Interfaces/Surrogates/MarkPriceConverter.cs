using Granary.Engine.Market;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries mark prices between hosts.</summary>
[RegisterConverter]
public sealed class MarkPriceConverter : IConverter<MarkPrice, MarkPriceConverter.Surrogate>
{
    /// <inheritdoc/>
    public MarkPrice ConvertFromSurrogate(in Surrogate surrogate) =>
        new(surrogate.TimeMs, surrogate.Mark, surrogate.Index, surrogate.FundingRate, surrogate.NextFundingTimeMs);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in MarkPrice value) => new()
    {
        TimeMs = value.TimeMs,
        Mark = value.Mark,
        Index = value.Index,
        FundingRate = value.FundingRate,
        NextFundingTimeMs = value.NextFundingTimeMs,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.MarkPrice")]
    public struct Surrogate
    {
        /// <summary>TimeMs of the value.</summary>
        [Id(0)]
        public long TimeMs;

        /// <summary>Mark of the value.</summary>
        [Id(1)]
        public decimal Mark;

        /// <summary>Index of the value.</summary>
        [Id(2)]
        public decimal Index;

        /// <summary>FundingRate of the value.</summary>
        [Id(3)]
        public decimal FundingRate;

        /// <summary>NextFundingTimeMs of the value.</summary>
        [Id(4)]
        public long NextFundingTimeMs;
    }
}
