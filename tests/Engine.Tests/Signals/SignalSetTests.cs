using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Features;
using Granary.Engine.Signals;
using Granary.Engine.Tests.Features;

namespace Granary.Engine.Tests.Signals;

public sealed class SignalSetTests
{
    /// <summary>Options by chance from a seed; everything that a rule can be made of comes about.</summary>
    private static SignalOptions ByChance(int seed)
    {
        var random = new Random(seed);
        var (z, near) = (random.Next(2) == 0 ? 3 : 8, random.NextDouble() + 0.5);
        var s = SignalScenes.Short;
        return s with
        {
            Momentum = s.Momentum with
            {
                OfiLookback = random.Next(1, 8),
                DeltaLookback = random.Next(2, 12),
                OptionalNeeded = random.Next(4),
                SignalZWindow = z,
            },
            Reversion = s.Reversion with
            {
                EntryQuantile = random.Next(11) / 10.0,
                EntryWindow = random.Next(1, 60),
                LowEntryMultiplier = near,
                OfiLookback = random.Next(1, 30),
                OfiNeutral = random.Next(1, 10) / 10.0,
                VolatilityWindow = random.Next(1, 9),
                VolumeWindow = random.Next(2, 7),
                Decline = random.Next(2) == 0 ? VolumeDecline.Strict : VolumeDecline.Slope,
                DeviationExit = random.Next(3) * 0.00002,
            },
            Regime = s.Regime with
            {
                VolatilityShortWindow = random.Next(2, 9),
                VolatilityLongWindow = random.Next(2, 60),
                DurationWindow = random.Next(1, 30),
                ExtremeRatio = 1 + near,
                LowRatio = 1.5 - near / 2,
                HighRatio = 0.7 + near / 2,
                SignalZWindow = z,
                Reading = random.Next(2) == 0 ? VolatilityReading.CloseToClose : VolatilityReading.IntraBar,
            },
        };
    }

    [Fact]
    public void Any_parameters_give_what_the_formulas_say()
    {
        var seen = new HashSet<object?>();
        var strengths = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var bars = SignalScenes.Bars(seed % 6, 1_500);
            var options = ByChance(seed);
            var oracle = new SignalOracle(bars, options);
            var reports = SignalScenes.Evaluate(bars, options);
            for (var k = 0; k < bars.Count; k++)
            {
                var expected = oracle.Row(k, reports[k].Momentum);
                foreach (var column in SignalTable.Columns.Where(column => expected.ContainsKey(column.Name)))
                {
                    var (want, got) = (expected[column.Name], column.Value(reports[k]));
                    var what = $"seed {seed} bar {k} {column.Name}";
                    if (want is double number) got.ShouldBeOfType<double>(what).ShouldBe(number, (1e-9 * Math.Abs(number)) + 1e-13, what);
                    else got.ShouldBe(want, what);
                }
                seen.Add(expected["action"]);
                seen.Add(expected["regime"]);
                if (expected["b_strength_long"] is not null) strengths++;
            }
        }
        seen.ShouldBe(
            ["None", "ALong", "AShort", "BLong", "BShort", "ABLong", "ABShort", "ForceFlat", "Unknown", "Normal", "High", "Low", "Extreme"], ignoreOrder: true);
        strengths.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void A_mirrored_market_gives_mirrored_signals() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 10_000)),
        seed =>
        {
            var options = ByChance(seed);
            var bars = SignalScenes.Bars(seed, 600);
            var left = SignalScenes.Evaluate(bars, options);
            var right = SignalScenes.Evaluate(bars.Select(SignalScenes.Mirror), options);
            foreach (var (one, other) in left.Zip(right))
            {
                other.Regime.Regime.ShouldBe(one.Regime.Regime);
                (other.Momentum.Side, other.Momentum.Strength).ShouldBe((SignalScenes.Opposite(one.Momentum.Side), one.Momentum.Strength));
                (other.Reversion.Valid, other.Reversion.Exit).ShouldBe((one.Reversion.Valid, one.Reversion.Exit));
                (other.Reversion.Side, other.Reversion.Strength).ShouldBe((SignalScenes.Opposite(one.Reversion.Side), one.Reversion.Strength));
                other.Combined.Contributions.ShouldBe(one.Combined.Contributions);
                other.Combined.Action.ShouldBe(one.Combined.Action switch
                {
                    SignalAction.Long => SignalAction.Short,
                    SignalAction.Short => SignalAction.Long,
                    var same => same,
                });
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Restored_signals_continue_bit_for_bit() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 10_000)), Arb.From(Gen.Choose(0, 1_000)),
        (seed, place) =>
        {
            var options = ByChance(seed);
            var bars = SignalScenes.Bars(seed, 600);
            var whole = SignalScenes.Evaluate(bars, options);
            var cut = bars.Count * place / 1_000;
            var signals = new SignalSet(options);
            foreach (var bar in bars[..cut]) signals.Evaluate(bar);
            var snapshot = SignalScenes.Snapshot(signals);
            var restored = SignalScenes.Restore(snapshot, options);
            SignalScenes.Snapshot(restored).ShouldBe(snapshot);
            restored.NextBarIndex.ShouldBe(cut);
            for (var i = cut; i < bars.Count; i++) SignalScenes.ShouldBeSame(restored.Evaluate(bars[i]), whole[i]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_comes_later_changes_nothing_before()
    {
        // Two markets that are one up to a bar: whatever the second does afterwards, the signals until then are the same.
        for (var seed = 0; seed < 20; seed++)
        {
            var options = ByChance(seed);
            var bars = SignalScenes.Bars(seed, 900);
            var whole = SignalScenes.Evaluate(bars, options);
            for (var end = 1; end <= bars.Count; end += 7)
            {
                var changed = bars.Take(end).Concat(bars.Skip(end).Select(SignalScenes.Mirror));
                SignalScenes.ShouldBeSame(SignalScenes.Evaluate(changed, options)[end - 1], whole[end - 1]);
            }
        }
    }

    [Fact]
    public void Mean_reversion_never_opens_against_the_trend_and_so_never_contradicts_momentum()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            foreach (var report in SignalScenes.Evaluate(SignalScenes.Bars(seed, 900), ByChance(seed)))
            {
                if (report.Reversion.Side == Granary.Engine.Orders.OrderSide.Buy) report.Momentum.TrendShort.ShouldBeFalse();
                if (report.Reversion.Side == Granary.Engine.Orders.OrderSide.Sell) report.Momentum.TrendLong.ShouldBeFalse();
                report.Combined.Action.ShouldNotBe(SignalAction.Conflict);
            }
        }
    }

    [Fact]
    public void A_damaged_snapshot_is_refused_and_nothing_else_happens()
    {
        var bars = SignalScenes.Bars(3, 600);
        var signals = new SignalSet(SignalScenes.Short);
        foreach (var bar in bars[..^1]) signals.Evaluate(bar);
        var bytes = SignalScenes.Snapshot(signals);
        var refused = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var flip in new byte[] { 1, 0x7F, 0xFF })
            {
                var damaged = bytes.ToArray();
                damaged[i] ^= flip;
                try
                {
                    var restored = SignalScenes.Restore(damaged, SignalScenes.Short);
                    if (restored.NextBarIndex == bars[^1].Bar.Index) restored.Evaluate(bars[^1]);
                }
                catch (InvalidDataException)
                {
                    refused++;
                }
            }
        }
        refused.ShouldBeGreaterThan(bytes.Length / 4);
        for (var length = 0; length < bytes.Length; length++)
            Should.Throw<InvalidDataException>(() => SignalScenes.Restore(bytes[..length], SignalScenes.Short));
    }

    public static TheoryData<SignalOptions, string> OtherWindows
    {
        get
        {
            var s = SignalScenes.Short;
            return new TheoryData<SignalOptions, string>
            {
                { s with { Regime = s.Regime with { VolatilityShortWindow = 5 } }, "VolatilityShortWindow = 4, configured is 5" },
                { s with { Regime = s.Regime with { VolatilityLongWindow = 13 } }, "VolatilityLongWindow = 12, configured is 13" },
                { s with { Regime = s.Regime with { DurationWindow = 6 } }, "DurationWindow = 5, configured is 6" },
                { s with { Momentum = s.Momentum with { DeltaLookback = 4 } }, "DeltaLookback = 3, configured is 4" },
                { s with { Reversion = s.Reversion with { EntryWindow = 13 } }, "EntryWindow = 12, configured is 13" },
                { s with { Reversion = s.Reversion with { VolatilityWindow = 3 } }, "VolatilityWindow = 2, configured is 3" },
                { s with { Reversion = s.Reversion with { VolumeWindow = 3 } }, "VolumeWindow = 2, configured is 3" },
                { s with { Reversion = s.Reversion with { OfiLookback = 5 } }, "span 4, expected 5" },
                { s with { StopOfiLookback = 3 }, "span 2, expected 3" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(OtherWindows))]
    public void A_snapshot_with_other_windows_is_refused_by_name(SignalOptions options, string message)
    {
        var snapshot = SignalScenes.Snapshot(new SignalSet(SignalScenes.Short));
        Should.Throw<InvalidDataException>(() => SignalScenes.Restore(snapshot, options)).Message.ShouldContain(message);
    }

    [Fact]
    public void A_bar_that_one_signal_refuses_is_taken_by_none()
    {
        var bars = SignalScenes.Bars(2, 600);
        var s = SignalScenes.Short;
        SignalOptions[] missing = [s with { Momentum = s.Momentum with { SignalZWindow = 100 } }, s with { Regime = s.Regime with { SignalZWindow = 100 } }];
        foreach (var options in missing)
        {
            var signals = new SignalSet(options);
            Should.Throw<ArgumentException>(() => signals.Evaluate(bars[0])).Message.ShouldContain("no z-scores over 100 bars (SignalZWindow)");
            SignalScenes.Snapshot(signals).ShouldBe(SignalScenes.Snapshot(new SignalSet(options)));
        }
        var running = new SignalSet(s);
        running.Evaluate(bars[5]);
        var before = SignalScenes.Snapshot(running);
        Should.Throw<ArgumentException>(() => running.Evaluate(bars[7])).Message.ShouldStartWith("bar 7 was offered, expected bar 6");
        SignalScenes.Snapshot(running).ShouldBe(before);
        running.Evaluate(bars[6]).BarIndex.ShouldBe(6);
    }

    [Fact]
    public void Options_of_every_part_are_checked()
    {
        var s = SignalScenes.Short;
        SignalOptions[] wrong =
        [
            s with { StopOfiLookback = 0 }, s with { Momentum = s.Momentum with { OfiLookback = 0 } }, s with { Regime = s.Regime with { HighRatio = 0 } },
            s with { Reversion = s.Reversion with { EntryQuantile = 1.1 } }, s with { Combination = new CombinationOptions { ReversionFactor = 0 } },
        ];
        foreach (var options in wrong) Should.Throw<ArgumentException>(() => new SignalSet(options));
    }

    [Fact]
    public void Other_windows_than_the_pipelines_shortest_work_too()
    {
        var bars = PipelineHarness.Run(new SymbolPipeline(PipelineHarness.Short with { VwapWindow = 1 }), Market.TradeFactory.Walk(1, 600));
        var options = SignalScenes.Short with { Reversion = SignalScenes.Short.Reversion with { EntryWindow = 1, OfiLookback = 1, VolatilityWindow = 1 } };
        SignalScenes.Evaluate(bars, options).Skip(2).ShouldAllBe(report => report.Reversion.Valid);
    }
}
