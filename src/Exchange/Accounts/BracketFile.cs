using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>
/// Reads leverage brackets from JSON, gzip-compressed or not, in either of two forms: the venue's leverageBracket answer (an array of symbols with their
/// brackets), or ccxt's fetchLeverageTiers (an object from "BASE/QUOTE:SETTLE" to tiers whose "info" is the venue's bracket).
/// </summary>
public static class BracketFile
{
    private const byte GzipMagic = 0x1f;

    /// <summary>Reads a file.</summary>
    /// <returns>Upper-case symbol to its brackets, lowest notional first.</returns>
    /// <exception cref="InvalidDataException">Names the file, the symbol and the field that is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<LeverageBracket>> Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var first = file.ReadByte();
            file.Position = 0;
            using Stream json = first == GzipMagic ? new GZipStream(file, CompressionMode.Decompress) : file;
            return Read(json);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static Dictionary<string, IReadOnlyList<LeverageBracket>> Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        var result = new Dictionary<string, IReadOnlyList<LeverageBracket>>(StringComparer.Ordinal);
        if (document.RootElement.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in document.RootElement.EnumerateArray())
            {
                var symbol = Property(entry, "symbol", "an entry").GetString() ?? "";
                Add(result, symbol, Property(entry, "brackets", symbol).EnumerateArray());
            }
            return result;
        }
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException("leverage brackets are a JSON array (leverageBracket) or object (ccxt leverage tiers)");
        foreach (var entry in document.RootElement.EnumerateObject())
            Add(result, VenueSymbol(entry.Name), entry.Value.EnumerateArray().Select(tier => Property(tier, "info", entry.Name)));
        return result;
    }

    /// <summary>BTC/USDT:USDT is BTCUSDT, BTC/USDT:USDT-260626 is BTCUSDT_260626.</summary>
    private static string VenueSymbol(string unified)
    {
        var colon = unified.IndexOf(':', StringComparison.Ordinal);
        var pair = (colon < 0 ? unified : unified[..colon]).Replace("/", "", StringComparison.Ordinal);
        var dash = colon < 0 ? -1 : unified.IndexOf('-', colon);
        return dash < 0 ? pair : pair + "_" + unified[(dash + 1)..];
    }

    private static void Add(Dictionary<string, IReadOnlyList<LeverageBracket>> result, string symbol, IEnumerable<JsonElement> entries)
    {
        var brackets = entries.Select(entry => new LeverageBracket(
            (int)Number(entry, "bracket", symbol), (int)Number(entry, "initialLeverage", symbol), Number(entry, "notionalFloor", symbol),
            Number(entry, "notionalCap", symbol), Number(entry, "maintMarginRatio", symbol), Number(entry, "cum", symbol)))
            .OrderBy(b => b.NotionalFloor).ToArray();
        if (!result.TryAdd(symbol, new BracketTable(symbol, brackets).Brackets)) throw new InvalidDataException($"{symbol} stands there twice");
    }

    private static decimal Number(JsonElement entry, string name, string symbol)
    {
        var value = Property(entry, name, symbol);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)) return number;
        if (value.ValueKind == JsonValueKind.String
            && decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number)) return number;
        throw new InvalidDataException($"{symbol}: {name} was {value.GetRawText()}, expected a number");
    }

    private static JsonElement Property(JsonElement entry, string name, string symbol) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) ? value
            : throw new InvalidDataException($"{symbol} has no field {name}");
}
