using Granary.Engine.Margin;

namespace Granary.Engine.Tests.Margin;

internal static class Ladders
{
    /// <summary>Four steps, as the venue publishes them for a major; two of them differ in leverage only.</summary>
    public static LeverageBrackets Btc { get; } = new("BTCUSDT",
    [
        new LeverageBracket(0, 50_000, 125, 0.004m),
        new LeverageBracket(50_000, 250_000, 100, 0.004m),
        new LeverageBracket(250_000, 1_000_000, 50, 0.005m),
        new LeverageBracket(1_000_000, 10_000_000, 20, 0.01m),
    ]);

    /// <summary>Random ladders of one to six steps.</summary>
    public static LeverageBrackets Random(Random random)
    {
        var steps = new List<LeverageBracket>();
        decimal floor = 0, rate = 0.002m;
        for (var i = random.Next(1, 7); i > 0; i--)
        {
            rate = Math.Min(rate + (random.Next(0, 50) / 1000m), 0.5m);
            var cap = floor + random.Next(1, 100_000);
            steps.Add(new LeverageBracket(floor, cap, 20, rate));
            floor = cap;
        }
        return new LeverageBrackets("RANDOM", steps);
    }
}
