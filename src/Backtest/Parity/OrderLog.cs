using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Backtest.Parity;

/// <summary>Everything that one run of the engine ordered and had filled, live or in a backtest, in one form, so that two can be laid over each other.</summary>
/// <param name="Source">Where it comes from: backtest, replay, journal.</param>
/// <param name="Cash">Wallet at the start, quote units.</param>
/// <param name="Bars">The bars of each symbol; empty when they are not known.</param>
/// <param name="Decisions">What the gate said to each wish to enter, in their order; empty when it is not known.</param>
/// <param name="Orders">The orders, in the order of their decisions.</param>
public sealed record OrderLog(
    string Source, decimal Cash, IReadOnlyList<LoggedBars> Bars, IReadOnlyList<LoggedDecision> Decisions, IReadOnlyList<LoggedOrder> Orders)
{
    /// <summary>Its name in a run's folder.</summary>
    public const string FileName = "orders.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>
    /// Market time up to which decisions were kept, milliseconds since the Unix epoch, UTC: of what came later only the orders are known. Default: all were.
    /// </summary>
    public long DecisionsUntilMs { get; init; } = long.MaxValue;

    /// <summary>As it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads a file, or the file of that name in a run's folder.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; the message names file, line and member.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OrderLog Load(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        try
        {
            return JsonSerializer.Deserialize<OrderLog>(File.ReadAllBytes(file), Json)
                ?? throw new InvalidDataException($"{file}: expected an order list as backtest --out and replay --orders write it");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{file} line {e.LineNumber + 1}: {e.Path ?? "the file"}: expected an order list as backtest --out and replay --orders write it", e);
        }
    }
}
