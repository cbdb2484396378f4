using System.Globalization;
using System.Text.Json;
using Granary.Engine.Factors;
using Granary.Engine.Indicators;
using Granary.Engine.Market;

namespace Granary.Engine.Tests.Golden;

/// <summary>One-minute candles, funding rates and parameters of the golden tables.</summary>
internal static class GoldenMinutes
{
    public static Kline[] Candles(string path)
    {
        var table = CsvTable.Load(path);
        table.Columns[..11].ShouldBe(
        [
            "open_time", "open", "high", "low", "close", "volume", "close_time", "quote_volume", "count", "taker_buy_volume", "taker_buy_quote_volume",
        ]);
        return [.. table.Rows.Select(row => new Kline(
            Integer(row[0]), Decimal(row[1]), Decimal(row[2]), Decimal(row[3]), Decimal(row[4]), Decimal(row[5]),
            Integer(row[6]), Decimal(row[7]), (int)Integer(row[8]), Decimal(row[9]), Decimal(row[10])))];
    }

    /// <summary>The funding rates of a file; those of one symbol where the file has several.</summary>
    public static FundingRate[] Funding(string path, string? symbol = null)
    {
        var table = CsvTable.Load(path);
        var time = table.Columns.Length - 2;
        return [.. table.Rows.Where(row => symbol is null || row[0] == symbol).Select(row => new FundingRate(Integer(row[time]), Decimal(row[time + 1])))];
    }

    public static JsonElement Parameters(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "params.json")));
        return document.RootElement.Clone();
    }

    public static MinuteFactorOptions FactorOptions(JsonElement cta) => new()
    {
        VolWindow = cta.GetProperty("vol_window").GetInt32(),
        CfoWindow = cta.GetProperty("cfo").GetInt32(),
        PwmaWindow = cta.GetProperty("pwma").GetInt32(),
        RviWindow = cta.GetProperty("rvi").GetInt32(),
        FundingSmoothWindow = cta.GetProperty("funding_smooth").GetInt32(),
        ShortWindow = cta.GetProperty("short_window").GetInt32(),
        MediumWindow = cta.GetProperty("medium_window").GetInt32(),
        QuantileWindow = cta.GetProperty("quantile_window").GetInt32(),
        FundingThreshold = cta.GetProperty("funding_thr").GetDouble(),
        DovClip = cta.GetProperty("dov_clip").GetDouble(),
    };

    public static IndicatorOptions IndicatorOptions(JsonElement parameters)
    {
        JsonElement cta = parameters.GetProperty("cta"), ind = parameters.GetProperty("ind");
        JsonElement macd = ind.GetProperty("macd"), garch = ind.GetProperty("garch"), sma = ind.GetProperty("sma");
        return new()
        {
            CfoWindow = cta.GetProperty("cfo").GetInt32(),
            PwmaWindow = cta.GetProperty("pwma").GetInt32(),
            RviWindow = cta.GetProperty("rvi").GetInt32(),
            RsiWindow = ind.GetProperty("rsi").GetInt32(),
            MacdFastWindow = macd[0].GetInt32(),
            MacdSlowWindow = macd[1].GetInt32(),
            MacdSignalWindow = macd[2].GetInt32(),
            AtrWindow = ind.GetProperty("atr").GetInt32(),
            AtrSimpleWindow = ind.GetProperty("atr_sma").GetInt32(),
            KamaWindow = ind.GetProperty("kama").GetInt32(),
            CmfWindow = ind.GetProperty("cmf").GetInt32(),
            SmaFastWindow = sma[0].GetInt32(),
            SmaSlowWindow = sma[1].GetInt32(),
            EmaWindow = ind.GetProperty("ema").GetInt32(),
            Garch = new(garch[0].GetDouble(), garch[1].GetDouble(), garch[2].GetDouble()),
            GarchWarmUp = garch[3].GetInt32(),
        };
    }

    /// <summary>Compares every column that both the table and the mapping have.</summary>
    /// <returns>The number of fields compared.</returns>
    public static int Compare<T>(string folder, string file, IReadOnlyList<T> rows, IReadOnlyDictionary<string, Func<T, object?>> columns)
    {
        var path = Path.Combine(folder, "expected", file);
        return GoldenComparer.ShouldMatch(CsvTable.Load(path), Specs(folder, "expected/" + file), rows, columns);
    }

    // The list of columns quotes formula sections that hold a comma; what is needed stands before them.
    private static Dictionary<string, ColumnSpec> Specs(string folder, string file)
    {
        var specs = File.ReadLines(Path.Combine(folder, "COLUMNS.csv"))
            .Select(line => line.Split(','))
            .Where(fields => fields[0] == file)
            .ToDictionary(fields => fields[1], fields => new ColumnSpec(fields[2], Tolerance(fields[3]), Tolerance(fields[4])));
        specs.ShouldNotBeEmpty($"COLUMNS.csv lists no column of {file}");
        return specs;
    }

    private static double Tolerance(string text) => text.Length == 0 ? 0 : double.Parse(text, CultureInfo.InvariantCulture);

    private static long Integer(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
