using Granary.Engine.Book;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries levels of an order book between hosts.</summary>
[RegisterConverter]
public sealed class BookLevelConverter : IConverter<BookLevel, BookLevelConverter.Surrogate>
{
    /// <inheritdoc/>
    public BookLevel ConvertFromSurrogate(in Surrogate surrogate) => new(surrogate.PriceE8, surrogate.QuantityE8);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in BookLevel value) => new() { PriceE8 = value.PriceE8, QuantityE8 = value.QuantityE8 };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.BookLevel")]
    public struct Surrogate
    {
        /// <summary>PriceE8 of the value.</summary>
        [Id(0)]
        public long PriceE8;

        /// <summary>QuantityE8 of the value.</summary>
        [Id(1)]
        public long QuantityE8;
    }
}
