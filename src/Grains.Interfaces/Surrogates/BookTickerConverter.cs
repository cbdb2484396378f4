using Granary.Engine.Market;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries quotes between hosts.</summary>
[RegisterConverter]
public sealed class BookTickerConverter : IConverter<BookTicker, BookTickerConverter.Surrogate>
{
    /// <inheritdoc/>
    public BookTicker ConvertFromSurrogate(in Surrogate surrogate) =>
        new(surrogate.UpdateId, surrogate.TimeMs, surrogate.BidPriceE8, surrogate.BidQuantityE8, surrogate.AskPriceE8, surrogate.AskQuantityE8);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in BookTicker value) => new()
    {
        UpdateId = value.UpdateId,
        TimeMs = value.TimeMs,
        BidPriceE8 = value.BidPriceE8,
        BidQuantityE8 = value.BidQuantityE8,
        AskPriceE8 = value.AskPriceE8,
        AskQuantityE8 = value.AskQuantityE8,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.BookTicker")]
    public struct Surrogate
    {
        /// <summary>UpdateId of the value.</summary>
        [Id(0)]
        public long UpdateId;

        /// <summary>TimeMs of the value.</summary>
        [Id(1)]
        public long TimeMs;

        /// <summary>BidPriceE8 of the value.</summary>
        [Id(2)]
        public long BidPriceE8;

        /// <summary>BidQuantityE8 of the value.</summary>
        [Id(3)]
        public long BidQuantityE8;

        /// <summary>AskPriceE8 of the value.</summary>
        [Id(4)]
        public long AskPriceE8;

        /// <summary>AskQuantityE8 of the value.</summary>
        [Id(5)]
        public long AskQuantityE8;
    }
}
