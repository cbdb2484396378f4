using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Backtest.Configuration;
using Granary.Backtest.Results;

namespace Granary.Backtest.Reports;

/// <summary>Everything that a tear sheet is made of, as run.json keeps it, so that the page can be made again without the market's data.</summary>
/// <param name="Result">The run.</param>
/// <param name="Report">Its numbers.</param>
/// <param name="Extras">What validation added.</param>
public sealed record RunRecord(BacktestResult Result, BacktestReport Report, TearSheetExtras Extras)
{
    /// <summary>Its name in a run's folder.</summary>
    public const string FileName = "run.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Reads a run's folder.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; the message names file and line.</exception>
    /// <exception cref="IOException">The folder holds no run, or a file cannot be read.</exception>
    public static RunRecord Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            using var file = File.OpenRead(path);
            var record = JsonSerializer.Deserialize<RunRecord>(file, Json);
            return record is { Result: not null, Report: not null, Extras: not null }
                ? record
                : throw new InvalidDataException($"{path}: expected result, report and extras of a run");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} line {e.LineNumber + 1}: {e.Path ?? "the file"}: expected a run as backtest --out writes it", e);
        }
    }

    /// <summary>The page again.</summary>
    /// <param name="config">What was run; null when the extras say it.</param>
    public string Page(RunConfig? config) => TearSheet.Write(Result, Report, config, Extras);

    /// <summary>As it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
