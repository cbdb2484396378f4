using System.Text.Json;
using Granary.Engine.Book;
using Granary.Venues.Binance;

namespace Granary.Venues.Feeds;

/// <summary>Reads [["price","size",...],...] into a list that is used again.</summary>
internal static class FeedLevels
{
    /// <exception cref="FormatException">Not such a list, a price that is not above 0, or a size below 0.</exception>
    public static void Read(JsonElement data, string name, Instrument instrument, List<BookLevel> levels)
    {
        levels.Clear();
        foreach (var level in data.ItemsOf(name))
        {
            if (level.ValueKind != JsonValueKind.Array || level.GetArrayLength() < 2) throw new FormatException($"a level of {name} is not a pair");
            var price = instrument.PriceE8(JsonFields.ReadNumber(level[0], name));
            var quantity = instrument.QuantityE8(JsonFields.ReadNumber(level[1], name));
            if (price <= 0 || quantity < 0) throw new FormatException($"a level of {name} has no price above 0 or a size below 0");
            levels.Add(new BookLevel(price, quantity));
        }
    }
}
