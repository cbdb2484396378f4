using Granary.Backtest.Parity;
using Granary.Exchange;
using Xunit.Abstractions;

namespace Granary.Grains.Tests.Parity;

/// <summary>
/// The same trades through the backtest and through the grains under virtual time: the same bars, the same wishes, the same orders, and fills that differ by
/// what the fill model says and by nothing else.
/// </summary>
public sealed class ParityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 20)]
    public void A_swinging_market_is_traded_alike(int seed, int latencyMs)
    {
        var scene = new ParityScene(SymbolCatalog.Find("APEUSDT")!, SwingTape.Make(24_000, seed), 3_000) { LatencyMs = latencyMs };
        Compare(scene);
    }

    private Overlay Compare(ParityScene scene)
    {
        var (backtest, result) = scene.Backtest();
        output.WriteLine($"backtest: {result.Symbols[0].Bars} bars, {backtest.Decisions.Count} decisions, {backtest.Orders.Count} orders, {string.Join(' ', result.Refusals)}");
        var live = ParityWorld.Run(scene);
        output.WriteLine($"grains: {live.Bars[0].Bars} bars, {live.Decisions.Count} decisions, {live.Orders.Count} orders");
        var overlay = OverlayComparer.Compare(live, backtest, new OverlayOptions { TimeMsMax = 5_000, PriceShareMax = 0.00014m, Market = scene.Market });
        output.WriteLine($"matched {overlay.Matched}, live only {overlay.LiveOnly}, backtest only {overlay.BacktestOnly}, decisions {overlay.DecisionsCompared}, slippage {overlay.MeanSlippageVersusModel}");
        foreach (var kind in Enum.GetValues<DifferenceKind>()) output.WriteLine($"{kind}: {overlay.Count(kind)}");
        foreach (var d in overlay.Differences.Where(d => d.Kind is DifferenceKind.Unexplained or DifferenceKind.Path).Take(30)) output.WriteLine(d.ToString());
        overlay.IsExplained.ShouldBeTrue();
        return overlay;
    }
}
