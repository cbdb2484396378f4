using System.Text.Json;
using System.Text.Json.Nodes;
using Granary.Engine.Selection;

namespace Granary.Backtest.Selection;

/// <summary>
/// The selector's configuration as one JSON object, in the form that neutral selectors are commonly given in: <c>factor</c> or <c>factors</c>, <c>filters</c>,
/// <c>long_num</c>, <c>short_num</c>, <c>min_candle_num</c>, <c>capital_usdt</c>; and what a backtest adds. Members left out have the defaults of
/// <see cref="SelectorOptions"/>.
/// </summary>
public static class SelectorConfig
{
    // Of the services that the form was made for; they mean nothing here.
    private static readonly string[] Ignored = ["interval", "bmac_dir", "bmac_expire_sec", "debug"];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no such JSON; the message names the file and the member.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SelectorOptions Load(string path)
    {
        try
        {
            var root = JsonNode.Parse(File.ReadAllText(path), null,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(root as JsonObject ?? throw new FormatException("expected a JSON object"));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} line {e.LineNumber + 1}: expected JSON", e);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>The configuration that was used, ready for <see cref="Load"/>.</summary>
    public static string ToJson(SelectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var s = options.Selection;
        return new JsonObject
        {
            ["factors"] = new JsonArray([.. s.Factors.Select(f => new JsonArray(f.Name, f.Ascending, f.Window, f.DiffOrder, f.Weight))]),
            ["filters"] = new JsonArray([.. s.Filters.Select(f =>
                f.Limit is { } limit ? new JsonArray(f.Name, f.Window, limit) : new JsonArray(f.Name, f.Window))]),
            ["long_num"] = s.LongCount,
            ["short_num"] = s.ShortCount,
            ["min_candle_num"] = s.CandleCountMin,
            ["flat_candle_num"] = s.FlatCountMax,
            ["capital_usdt"] = s.Capital,
            ["cash_usdt"] = options.Cash,
            ["hold"] = new JsonArray([.. options.HoldCandles.Select(hold => JsonValue.Create(hold))]),
            ["offsets"] = options.Offsets is null ? null : new JsonArray([.. options.Offsets.Select(offset => JsonValue.Create(offset))]),
            ["tolerance"] = options.Tolerance,
            ["fee_rate"] = options.Costs.FeeRate,
            ["slippage_rate"] = options.Costs.SlippageRate,
            ["impact_multiple"] = options.Costs.ImpactMultiple,
            ["benchmark"] = options.Benchmark,
        }.ToJsonString(Indented);
    }

    private static SelectorOptions Read(JsonObject root)
    {
        var options = new SelectorOptions();
        foreach (var (name, value) in root)
        {
            var s = options.Selection;
            options = name switch
            {
                "factor" => options with { Selection = s with { Factors = [FactorSpec.Parse(Entries(name, value))] } },
                "factors" => options with { Selection = s with { Factors = [.. Items(name, value).Select(item => FactorSpec.Parse(Entries(name, item)))] } },
                "filters" => options with { Selection = s with { Filters = [.. Items(name, value).Select(item => FilterSpec.Parse(Entries(name, item)))] } },
                "long_num" => options with { Selection = s with { LongCount = Number<int>(name, value) } },
                "short_num" => options with { Selection = s with { ShortCount = Number<int>(name, value) } },
                "min_candle_num" => options with { Selection = s with { CandleCountMin = Number<int>(name, value) } },
                "flat_candle_num" => options with { Selection = s with { FlatCountMax = value is null ? null : Number<int>(name, value) } },
                "capital_usdt" => options with { Selection = s with { Capital = Number<decimal>(name, value) } },
                "cash_usdt" => options with { Cash = value is null ? null : Number<decimal>(name, value) },
                "hold" => options with { HoldCandles = [.. Items(name, value).Select(item => Number<int>(name, item))] },
                "offsets" => options with { Offsets = value is null ? null : [.. Items(name, value).Select(item => Number<int>(name, item))] },
                "tolerance" => options with { Tolerance = Number<decimal>(name, value) },
                "fee_rate" => options with { Costs = options.Costs with { FeeRate = Number<decimal>(name, value) } },
                "slippage_rate" => options with { Costs = options.Costs with { SlippageRate = Number<decimal>(name, value) } },
                "impact_multiple" => options with { Costs = options.Costs with { ImpactMultiple = Number<double>(name, value) } },
                "benchmark" => options with { Benchmark = value?.GetValue<string>() ?? throw new FormatException("benchmark: expected a symbol") },
                _ when Ignored.Contains(name) => options,
                _ => throw new FormatException($"member '{name}' is not known"),
            };
        }
        options.Validate();
        return options;
    }

    private static JsonArray Items(string name, JsonNode? value) => value as JsonArray ?? throw new FormatException($"{name}: expected a list");

    /// <summary>The entries of a factor or filter as text, as their parsers take them.</summary>
    private static string[] Entries(string name, JsonNode? value) =>
        [.. Items(name, value).Select(item =>
            item is JsonValue entry ? entry.ToString() : throw new FormatException($"{name}: expected names and numbers only"))];

    private static T Number<T>(string name, JsonNode? value)
    {
        try
        {
            return value is JsonValue number ? number.GetValue<T>() : throw new FormatException($"{name}: expected a number");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new FormatException($"{name} was {value?.ToJsonString() ?? "null"}, expected a number", e);
        }
    }
}
