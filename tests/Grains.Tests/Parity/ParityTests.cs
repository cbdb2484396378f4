using Granary.Backtest.Parity;
using Granary.Engine.Execution.Placement;
using Granary.Engine.Market;
using Granary.Exchange;
using Granary.Grains.Tests.Support;
using Granary.Tape;
using Xunit.Abstractions;

namespace Granary.Grains.Tests.Parity;

/// <summary>
/// The same trades through the backtest and through the grains under virtual time: the same bars, the same wishes, the same orders, and fills that differ by
/// what the fill model says and by nothing else.
/// </summary>
public sealed class ParityTests(ITestOutputHelper output)
{
    private const string Day = "../data/aggtrades/um-APEUSDT-aggTrades-2024-10-18.zip";

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 20)]
    public void A_swinging_market_is_traded_alike(int seed, int latencyMs)
    {
        var overlay = Compare(new ParityScene(SymbolCatalog.Find("APEUSDT")!, SwingTape.Make(24_000, seed), 3_000) { LatencyMs = latencyMs });
        overlay.BarsCompared.ShouldBeGreaterThan(2_000);
        overlay.DecisionsCompared.ShouldBeGreaterThan(100);
        overlay.Matched.ShouldBeGreaterThanOrEqualTo(10);
        (overlay.LiveOnly, overlay.BacktestOnly, overlay.Count(DifferenceKind.Path)).ShouldBe((0, 0, 0));
    }

    [Theory]
    [InlineData(1, 0, PlacementTimeout.Cross)]
    [InlineData(3, 20, PlacementTimeout.Cross)]
    [InlineData(2, 0, PlacementTimeout.Cancel)]
    public void Placed_in_parts_with_stops_at_the_venue_it_is_traded_alike(int seed, int latencyMs, PlacementTimeout atTimeout)
    {
        var policy = new PlacementPolicy { Style = PlacementStyle.LimitFirst, BoundShare = 0.01m, TimeoutMs = 5_000, AtTimeout = atTimeout };
        var scene = new ParityScene(SymbolCatalog.Find("APEUSDT")!, SwingTape.Make(24_000, seed), 3_000) { LatencyMs = latencyMs, Entry = policy, Exit = policy, StopsAtVenue = true };
        var overlay = Compare(scene, placedMs: 2 * policy.TimeoutMs);

        // The exchange quotes both sides, the backtest knows the last price alone: what rests stands elsewhere, so which entries come about differs, and positions.
        overlay.DecisionsCompared.ShouldBeGreaterThan(100);
        overlay.Matched.ShouldBeGreaterThanOrEqualTo(4);
        overlay.Pairs.ShouldContain(p => p.Live != null && p.Live.Parts > 0 && p.Backtest != null && p.Backtest.Parts > 0);
    }

    [SharedFact]
    public void A_recorded_day_is_traded_alike()
    {
        AggTrade[] trades = [.. AggTradeTape.Read(Path.Combine(GoldenSignals.Folder!, Day))];
        var overlay = Compare(new ParityScene(SymbolCatalog.Find("APEUSDT")!, trades, 2_500));
        overlay.DecisionsCompared.ShouldBeGreaterThan(1_000);
        overlay.Matched.ShouldBeGreaterThanOrEqualTo(10);
    }

    private Overlay Compare(ParityScene scene, long placedMs = 0)
    {
        var backtest = scene.Backtest();
        var grains = ParityWorld.Run(scene);
        var market = new TradeRange(scene.Trades);
        var overlay = OverlayComparer.Compare(
            grains, backtest,
            new OverlayOptions
            {
                TimeMsMax = TimeMsMax(scene) + placedMs,
                PriceShareMax = scene.Rules.TickSize / scene.Trades.Min(t => t.Price),
                Market = (_, fromMs, toMs) => market.Between(fromMs, toMs),
            });
        output.WriteLine(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{overlay.BarsCompared} bars, {overlay.DecisionsCompared} wishes, {overlay.Matched} orders matched, {overlay.LiveOnly} only live, {overlay.BacktestOnly} only in the backtest,"
            + $" {grains.Orders.Sum(o => o.Fills.Count)} and {backtest.Orders.Sum(o => o.Fills.Count)} fills"));
        output.WriteLine(string.Join(", ", Enum.GetValues<DifferenceKind>().Select(kind => $"{kind} {overlay.Count(kind)}")));
        overlay.Differences.Where(d => d.Kind == DifferenceKind.Unexplained).ShouldBeEmpty();
        return overlay;
    }

    /// <summary>
    /// The exchange fills an order when it comes, at the time of the last trade; the backtest with the next trade. So they are apart by the time between two trades
    /// and the ways.
    /// </summary>
    private static long TimeMsMax(ParityScene scene) =>
        scene.Trades.Zip(scene.Trades.Skip(1), (a, b) => b.TimeMs - a.TimeMs).Max() + (4 * scene.LatencyMs);
}
