using Granary.Engine.Orders;
using Granary.Engine.Protection;

namespace Granary.Client.Conformance.Tables;

/// <summary>Protection of positions, bar by bar until the exit (formulas §4.3). A position is opened at the close before its first bar.</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class StopTables(ConformanceSource source) : IConformanceFamily
{
    private const decimal MultipleMax = 1_000;

    private static readonly CsvColumn<State>[] Columns =
    [
        new("scenario", at => at.Scenario),
        new("bar", at => at.Bar),
        new("l1", at => at.HardStop),
        new("best", at => at.Best),
        new("trail_active", at => at.TrailingActive),
        new("trail_stop", at => at.TrailingStop),
        new("l2_count", at => at.FlowCount),
        new("exit_reason", at => at.Exit is { } exit ? NameOf(exit.Reason) : null),
        new("exit_price", at => at.Exit?.Price),
    ];

    /// <inheritdoc/>
    public string Name => "stops";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() => [new(Name, csv => csv.Write(States(), Columns))];

    private IEnumerable<State> States()
    {
        var parameters = Parameters();
        using var table = source.Inputs.Open("stop_bars");
        PositionGuard? guard = null;
        var (scenario, isOver) = ("", false);
        foreach (var row in table.Rows())
        {
            if (guard is null || row.Text("scenario") != scenario)
            {
                (scenario, isOver) = (row.Text("scenario"), false);
                guard = Open(row, parameters);
            }
            if (isOver) continue;
            var exit = guard.OnBar(Bar(row));
            isOver = exit is not null;
            yield return new State(
                scenario, row.Long("bar"), guard.HardStop, guard.Best, guard.TrailingActive, guard.TrailingStop, guard.FlowCount, exit);
        }
    }

    private static PositionGuard Open(CsvRow row, GuardParameters parameters)
    {
        var side = row.Text("side") switch
        {
            "LONG" => OrderSide.Buy,
            "SHORT" => OrderSide.Sell,
            _ => throw row.Wrong("side", "LONG or SHORT"),
        };
        if (row.Decimal("entry") <= 0) throw row.Wrong("entry", "a price above 0");
        if (row.Decimal("atr") <= 0) throw row.Wrong("atr", "a number above 0");
        return new PositionGuard(side, row.Decimal("entry"), row.Decimal("atr"), parameters);
    }

    private static GuardBar Bar(CsvRow row) => new(
        row.Decimal("open"), row.Decimal("high"), row.Decimal("low"), row.Decimal("close"), row.DoubleOrNone("ema_ofi"), row.DoubleOrNone("slope_cum_delta"));

    private GuardParameters Parameters()
    {
        var stops = source.Params["stops"];
        var trail = stops["trail"].PositiveDecimal(MultipleMax);
        return new GuardParameters
        {
            StopAtrMultiple = stops["l1"].PositiveDecimal(MultipleMax),
            TrailActivationAtrMultiple = stops["activate"].Decimal(0, MultipleMax),
            TrailAtrMultiple = trail,
            TrailWideAtrMultiple = stops["trail_wide"].Decimal(trail, MultipleMax),
            FlowExitLevel = stops["l2_level"].Double(0, 1),
            FlowExitBars = stops["l2_bars"].Int(1, int.MaxValue),
            HoldingBarsMax = stops["max_bars"].Int(1, int.MaxValue),
        };
    }

    private static string NameOf(ExitReason reason) => reason switch
    {
        ExitReason.HardStop => "L1",
        ExitReason.TrailingStop => "TRAIL",
        ExitReason.FlowReversal => "L2",
        ExitReason.HoldingTime => "L3",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "the reason has no name"),
    };

    private sealed record State(
        string Scenario, long Bar, decimal HardStop, decimal Best, bool TrailingActive, decimal? TrailingStop, int FlowCount, GuardExit? Exit);
}
