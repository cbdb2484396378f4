using Granary.Engine.Performance;

namespace Granary.Grains.Risk;

/// <summary>The stress scenarios of an account: every price by -20, -10, +10, +20 %, each symbol alone by -20 and +20 %, then the configured ones.</summary>
internal static class StressScenarios
{
    private static readonly decimal[] OfAll = [-0.2m, -0.1m, 0.1m, 0.2m];
    private static readonly decimal[] OfOne = [-0.2m, 0.2m];

    public static IReadOnlyList<PortfolioScenario> Of(IReadOnlyList<string> symbols, IReadOnlyList<PortfolioScenario> configured) =>
    [
        .. OfAll.Select(shock => new PortfolioScenario(FormattableString.Invariant($"all {shock:+0%;-0%}"), shock)),
        .. symbols.SelectMany(symbol => OfOne.Select(shock => new PortfolioScenario(
            FormattableString.Invariant($"{symbol} {shock:+0%;-0%}"), 0, new Dictionary<string, decimal> { [symbol] = shock }))),
        .. configured,
    ];
}
