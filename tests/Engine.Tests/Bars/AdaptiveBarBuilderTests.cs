using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Engine.Tests.Golden;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Bars;

public sealed class AdaptiveBarBuilderTests
{
    private static readonly AdaptiveBarOptions Options = new()
    {
        Rule = FlowRule.Imbalance,
        Measure = BarMeasure.Ticks,
        TradeCountInitial = 4,
        TradeCountMin = 2,
        TradeCountMax = 8,
        BarSpan = 3,
        TradeSpan = 1_000_000,
    };

    [Fact]
    public void The_threshold_is_expected_length_times_expected_imbalance()
    {
        var builder = new AdaptiveBarBuilder(Options);
        builder.Threshold.ShouldBeNull();
        builder.Add(Trade(1)).ShouldBeFalse();
        builder.Add(Trade(2)).ShouldBeFalse();
        builder.Add(Trade(3)).ShouldBeFalse();
        builder.Threshold.ShouldBeNull();

        // Three buys and a sell: E[b] - E[s] = 1/2, E[T] = 4, and theta = 2 reaches 2 within the weights' decay.
        builder.Add(Trade(4, isBuyerMaker: true)).ShouldBeTrue();
        builder.ExpectedTradeCount.ShouldBe(4);
        builder.Threshold!.Value.ShouldBe(2, 1e-4);

        // Six sells: theta reaches 2 with the second one; alpha = 2 / (3 + 1).
        builder.Add(Trade(5, isBuyerMaker: true)).ShouldBeFalse();
        builder.Add(Trade(6, isBuyerMaker: true)).ShouldBeTrue();
        builder.ExpectedTradeCount.ShouldBe(3);
        builder.Threshold!.Value.ShouldBe(0, 1e-4);
    }

    [Fact]
    public void The_averages_are_those_of_the_definition()
    {
        var options = Options with { Rule = FlowRule.Run, Measure = BarMeasure.Volume, TradeCountInitial = 50, TradeCountMax = 500 };
        options = options with { TradeSpan = 80, BarSpan = 5 };
        var builder = new AdaptiveBarBuilder(options);
        var trades = Walk(11, 3_000);
        var (expectedLength, beta) = (50.0, 2.0 / 81);
        var bars = 0;
        for (var i = 0; i < trades.Length; i++)
        {
            if (!builder.Add(trades[i])) continue;
            bars++;
            expectedLength = Math.Clamp((builder.LastBar!.TradeCount * 2.0 / 6) + (expectedLength * 4.0 / 6), 2, 500);
            builder.ExpectedTradeCount.ShouldBe(expectedLength, 1e-9);
            double buy = 0, sell = 0, weights = 0;
            for (var back = 0; back <= i; back++)
            {
                var weight = Math.Pow(1 - beta, back);
                weights += weight;
                var quantity = (double)trades[i - back].Quantity;
                if (trades[i - back].IsBuyerMaker) sell += weight * quantity;
                else buy += weight * quantity;
            }
            builder.Threshold!.Value.ShouldBe(expectedLength * Math.Max(buy, sell) / weights, 1e-9 * expectedLength);
        }
        bars.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Lengths_and_their_expectation_stay_within_the_clamp_whatever_the_market_does()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (seed, buyPercent, min) =>
        {
            var random = new Random(seed);
            AggTrade[] trades =
            [
                .. Walk(seed, 4_000).Select((trade, i) => trade with
                {
                    // From balance, where thresholds shrink, to flow of one side and sizes growing by the trade, where they would grow for ever.
                    IsBuyerMaker = buyPercent == 50 ? i % 2 == 0 : random.Next(100) >= buyPercent,
                    QuantityE8 = buyPercent > 90 ? 1 + ((long)i * i * 1_000) : trade.QuantityE8,
                }),
            ];
            foreach (var rule in (FlowRule[])[FlowRule.Imbalance, FlowRule.Run])
            {
                foreach (var measure in (BarMeasure[])[BarMeasure.Ticks, BarMeasure.Volume, BarMeasure.Quote])
                {
                    var builder = new AdaptiveBarBuilder(new AdaptiveBarOptions
                    {
                        Rule = rule,
                        Measure = measure,
                        TradeCountMin = min,
                        TradeCountInitial = 2 * min,
                        TradeCountMax = 5 * min,
                        TradeSpan = 50,
                        BarSpan = 3,
                    });
                    var bars = BarTables.Bars(builder, trades);
                    bars.Count.ShouldBeInRange(4_000 / (5 * min), 4_000 / min);
                    bars.ShouldAllBe(bar => bar.TradeCount >= min && bar.TradeCount <= 5 * min);
                    builder.ExpectedTradeCount.ShouldBeInRange(min, 5 * min);
                    builder.OpenTradeCount.ShouldBeLessThan(5 * min);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Theory]
    [InlineData(nameof(AdaptiveBarOptions.TradeCountMin))]
    [InlineData(nameof(AdaptiveBarOptions.TradeCountMax))]
    [InlineData(nameof(AdaptiveBarOptions.TradeCountInitial))]
    [InlineData(nameof(AdaptiveBarOptions.BarSpan))]
    [InlineData(nameof(AdaptiveBarOptions.TradeSpan))]
    public void An_option_out_of_range_is_refused_by_name(string name)
    {
        var options = name switch
        {
            nameof(AdaptiveBarOptions.TradeCountMin) => Options with { TradeCountMin = 9 },
            nameof(AdaptiveBarOptions.TradeCountMax) => Options with { TradeCountMax = 1_000_001 },
            nameof(AdaptiveBarOptions.TradeCountInitial) => Options with { TradeCountInitial = 1 },
            nameof(AdaptiveBarOptions.BarSpan) => Options with { BarSpan = 0 },
            _ => Options with { TradeSpan = 1_000_001 },
        };
        Should.Throw<ArgumentException>(() => new AdaptiveBarBuilder(options)).Message.ShouldStartWith(name + " was ");
    }
}
