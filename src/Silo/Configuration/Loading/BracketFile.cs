using System.IO.Compression;
using System.Text.Json;
using Granary.Engine.Margin;

namespace Granary.Silo.Configuration.Loading;

/// <summary>
/// Reads a file of leverage brackets: the venue's own answer, a list of {"symbol", "brackets": [{"notionalFloor", "notionalCap", "initialLeverage",
/// "maintMarginRatio"}]}, or ccxt's, an object of lists by symbol such as BTC/USDT:USDT with {"minNotional", "maxNotional", "maxLeverage",
/// "maintenanceMarginRate"}. A name that ends with .gz is unpacked. Cumulative amounts are computed, not read.
/// </summary>
public static class BracketFile
{
    /// <summary>Bytes that a file may have unpacked: 64 MiB.</summary>
    private const int BytesMax = 64 * 1024 * 1024;

    /// <summary>Reads the ladders of the named symbols; those that the file does not have are left out.</summary>
    /// <param name="file">The file; empty for none.</param>
    /// <param name="symbols">Upper-case symbols.</param>
    /// <exception cref="InvalidDataException">The file cannot be read or understood; the message names the file and what is wrong.</exception>
    public static IReadOnlyList<LeverageBrackets> Read(string file, IReadOnlyCollection<string> symbols)
    {
        if (file.Length == 0) return [];
        try
        {
            using var raw = File.OpenRead(file);
            using Stream stream = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
            using var json = JsonDocument.Parse(ReadAll(stream));
            return json.RootElement.ValueKind == JsonValueKind.Array ? Venue(json.RootElement, symbols) : Ccxt(json.RootElement, symbols);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or ArgumentException
            or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"{file} cannot be used as leverage brackets: {e.Message}", e);
        }
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (bytes.Length + read > BytesMax) throw new InvalidDataException($"it has more than {BytesMax} bytes");
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static List<LeverageBrackets> Venue(JsonElement root, IReadOnlyCollection<string> symbols)
    {
        var ladders = new List<LeverageBrackets>();
        foreach (var entry in root.EnumerateArray())
        {
            if (entry.GetProperty("symbol").GetString() is { } symbol && symbols.Contains(symbol))
                ladders.Add(Ladder(symbol, entry.GetProperty("brackets"), "notionalFloor", "notionalCap", "initialLeverage", "maintMarginRatio"));
        }

        return ladders;
    }

    private static List<LeverageBrackets> Ccxt(JsonElement root, IReadOnlyCollection<string> symbols)
    {
        var ladders = new List<LeverageBrackets>();
        foreach (var entry in root.EnumerateObject())
        {
            // BTC/USDT:USDT is BTCUSDT; dated futures have a date behind.
            var symbol = entry.Name.Split(':')[0].Replace("/", "", StringComparison.Ordinal);
            if (symbols.Contains(symbol) && !entry.Name.Contains('-'))
                ladders.Add(Ladder(symbol, entry.Value, "minNotional", "maxNotional", "maxLeverage", "maintenanceMarginRate"));
        }

        return ladders;
    }

    private static LeverageBrackets Ladder(string symbol, JsonElement steps, string floor, string cap, string leverage, string rate) => new(
        symbol,
        [
            .. steps.EnumerateArray().Select(step => new LeverageBracket(
                step.GetProperty(floor).GetDecimal(), step.GetProperty(cap).GetDecimal(), (int)step.GetProperty(leverage).GetDecimal(), step.GetProperty(rate).GetDecimal()))
                .OrderBy(step => step.NotionalFloor),
        ]);
}
