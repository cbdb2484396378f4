using Granary.Engine.Factors;
using Granary.Engine.Market;
using Granary.Engine.Tests.Indicators;
using static Granary.Engine.Tests.Factors.MinuteHarness;

namespace Granary.Engine.Tests.Factors;

/// <summary>The corners of the definitions, by hand.</summary>
public sealed class MinuteFactorsTests
{
    private const long Start = CandleFactory.StartMs;

    [Fact]
    public void A_minute_sees_the_last_rate_settled_by_its_open_time()
    {
        var factors = new MinuteFactors(Short);
        var candles = CandleFactory.Walk(1, 5);
        factors.Add(candles[0]).FundingRate.ShouldBeNull();
        factors.Add(new FundingRate(Start + 60_000, 0.0001m)).ShouldBeTrue();
        factors.Add(new FundingRate(Start + 120_005, 0.0002m)).ShouldBeTrue();
        factors.Add(candles[1]).FundingRate.ShouldBe(0.0001);
        factors.Add(candles[2]).FundingRate.ShouldBe(0.0001, "settled 5 ms after this minute opened");
        factors.Add(candles[3]).FundingRate.ShouldBe(0.0002);
        factors.Add(new FundingRate(Start + 120_005, 0.9m)).ShouldBeFalse();
        factors.Add(new FundingRate(Start, 0.9m)).ShouldBeFalse();
        factors.Add(candles[4]).FundingRate.ShouldBe(0.0002);
    }

    [Fact]
    public void The_sentiment_begins_when_all_that_it_is_shown_with_exists()
    {
        // 5 returns, then the longest of 4 - 1, 3 - 1 and 2 + 5 candles more.
        var rows = CtaTable.Causal(CandleFactory.Walk(2, 60), [], Short);
        rows[0].OpenTimeMs.ShouldBe(Start + (12 * 60_000));
        rows.Count.ShouldBe(60 - 12);
        rows[0].DeltaBuySell.ShouldBeNull();
        rows[0].Dov.ShouldBeNull();
        rows[1].Dov.ShouldNotBeNull();
        rows[10].LowVol.ShouldBeNull();
        rows[10].ShortWeight.ShouldBe(0.5);
        rows[11].LowVol.ShouldNotBeNull();
        CtaTable.Causal(CandleFactory.Walk(2, 60), [], new MinuteFactorOptions())[0].OpenTimeMs.ShouldBe(Start + (45 * 60_000));
        CtaTable.Causal(CandleFactory.Walk(2, 12), [], Short).ShouldBeEmpty();
        CtaTable.NotebookWithLookAhead([], [], Short).ShouldBeEmpty();
    }

    [Fact]
    public void Without_any_funding_rate_there_is_no_factor_but_everything_else()
    {
        var row = CtaTable.Causal(CandleFactory.Walk(2, 60), [], Short)[^1];
        row.SentShort.ShouldNotBeNull();
        row.RollBuySell.ShouldNotBeNull();
        row.Dov.ShouldNotBeNull();
        row.FundingSmooth.ShouldBeNull();
        row.SentMedium.ShouldBeNull();
        row.IsAligned.ShouldBeNull();
        row.CtaFactor.ShouldBeNull();
    }

    [Fact]
    public void The_factor_is_that_of_its_formula()
    {
        var candles = CandleFactory.Walk(4, 200);
        var rows = CtaTable.Causal(candles, Funding(4, Start - 1_200_000, 20), Short);
        var seen = new HashSet<(double?, bool?, int)>();
        for (var i = 12; i < rows.Count; i++)
        {
            var row = rows[i];
            var vols = rows[(i - 11)..(i + 1)].Select(past => past.RollVol!.Value).Order().ToArray();
            row.LowVol!.Value.ShouldBe(vols[3] + ((vols[4] - vols[3]) * 0.63), 1e-15);
            row.HighVol!.Value.ShouldBe(vols[7] + ((vols[8] - vols[7]) * 0.37), 1e-15);
            var weight = row.RollVol > row.HighVol ? 0.7 : row.RollVol < row.LowVol ? 0.3 : 0.5;
            row.ShortWeight.ShouldBe(weight);
            var sentShort = (rows[i].Ofr + rows[i - 1].Ofr) / 2;
            row.SentShort!.Value.ShouldBe(sentShort!.Value, 1e-15);
            var window = rows[Math.Max(0, i - 8)..(i + 1)];
            var t1 = window.Average(past => past.FundingSmooth!.Value) * window.Average(past => past.BuySellDiff);
            var medium = t1 / (1 + Math.Abs(t1) + 1e-9);
            row.SentMedium!.Value.ShouldBe(medium, 1e-14);
            var factor = ((weight * sentShort.Value) + ((1 - weight) * medium)) * (sentShort * medium > 0 ? 1.4 : 1);
            var funding = row.FundingSmooth!.Value;
            factor -= 0.1 * Math.Max(funding - 0.0002, 0) / 0.0002;
            factor += 0.1 * Math.Min(funding + 0.0002, 0) / -0.0002;
            row.CtaFactor!.Value.ShouldBe(factor, 1e-12);
            seen.Add((weight, row.IsAligned, Math.Sign(row.ExcessPositive!.Value + row.ExcessNegative!.Value)));
        }
        seen.Count.ShouldBeGreaterThan(12, "the walk should pass through most combinations of regime, alignment and crowding");
    }

    [Fact]
    public void Missing_minutes_are_flat_and_a_hole_too_long_starts_afresh()
    {
        var candles = CandleFactory.Walk(6, 40);
        var factors = new MinuteFactors(Short);
        foreach (var candle in candles.AsSpan(0, 30)) factors.Add(candle);
        factors.IsMissingBefore(candles[30].OpenTimeMs).ShouldBeFalse();
        var late = At(candles[31], 2);
        factors.IsMissingBefore(late.OpenTimeMs).ShouldBeTrue();
        var filled = factors.AddMissing();
        filled.IsFilled.ShouldBeTrue();
        filled.OpenTimeMs.ShouldBe(candles[30].OpenTimeMs);
        filled.LogReturn.ShouldBe(0);
        filled.BuySellDiff.ShouldBe(0);
        filled.TakerRatio.ShouldBeNull();
        filled.Ofr.ShouldBe(0);
        factors.Add(late).IsStarted.ShouldBeTrue();
        factors.FilledCount.ShouldBe(3);
        factors.RestartCount.ShouldBe(0);

        var exactly = At(candles[32], 2 + 10);
        factors.Add(exactly).IsStarted.ShouldBeTrue("a hole of just the bound is filled");
        factors.FilledCount.ShouldBe(13);
        var afresh = factors.Add(At(candles[33], 2 + 10 + 11));
        afresh.LogReturn.ShouldBeNull();
        afresh.IsStarted.ShouldBeFalse();
        factors.RestartCount.ShouldBe(1);
        factors.FilledCount.ShouldBe(13);
    }

    [Fact]
    public void A_candle_out_of_order_or_off_the_minute_is_refused_and_changes_nothing()
    {
        var factors = new MinuteFactors(Short);
        var candles = CandleFactory.Walk(7, 3);
        Should.Throw<InvalidOperationException>(() => factors.AddMissing());
        factors.Add(candles[0]);
        factors.Add(candles[1]);
        var before = Snapshot(factors);
        Should.Throw<ArgumentException>(() => factors.Add(candles[1])).Message.ShouldContain("taken already");
        Should.Throw<ArgumentException>(() => factors.Add(candles[2] with { OpenTimeMs = Start + 120_001 })).Message.ShouldContain("start of a minute");
        Should.Throw<ArgumentException>(() => factors.Add(candles[2] with { OpenTimeMs = long.MaxValue / 60_000 * 60_000 }));
        Should.Throw<ArgumentException>(() => factors.Add(candles[2] with { OpenTimeMs = -60_000 }));
        Should.Throw<ArgumentException>(() => factors.Add(candles[2] with { TakerBuyVolume = -1 })).Message.ShouldContain("TakerBuyVolume");
        Snapshot(factors).ShouldBe(before);
    }

    [Fact]
    public void Settlements_that_wait_have_a_bound()
    {
        var factors = new MinuteFactors(Short);
        for (var i = 0; i < 4_096; i++) factors.Add(new FundingRate(Start + i, 0.0001m)).ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => factors.Add(new FundingRate(Start + 5_000, 0.0001m))).Message.ShouldContain("add the candles");
        factors.Add(CandleFactory.Walk(1, 1)[0] with { OpenTimeMs = Start + 60_000 });
        factors.Add(new FundingRate(Start + 5_000, 0.0003m)).ShouldBeTrue();
    }

    [Fact]
    public void A_wrong_option_is_named()
    {
        (MinuteFactorOptions Options, string Name)[] cases =
        [
            (Short with { VolWindow = 1 }, "VolWindow"), (Short with { MediumWindow = 0 }, "MediumWindow"),
            (Short with { GapMinutesMax = -1 }, "GapMinutesMax"),
            (Short with { LowQuantile = 0.7 }, "LowQuantile"), (Short with { HighQuantile = double.NaN }, "HighQuantile"),
            (Short with { ShortWeightLow = 1.1 }, "ShortWeightLow"), (Short with { FundingThreshold = 0 }, "FundingThreshold"),
            (Short with { DovClip = 0 }, "DovClip"),
        ];
        foreach (var (options, name) in cases) Should.Throw<ArgumentException>(() => new MinuteFactors(options)).Message.ShouldContain(name);
    }

    [Fact]
    public void The_notebook_differs_by_its_look_ahead_only()
    {
        var candles = CandleFactory.Walk(8, 120);
        var funding = Funding(8, Start - 1_200_000, 12);
        var causal = CtaTable.Causal(candles, funding, Short);
        var notebook = CtaTable.NotebookWithLookAhead(candles, funding, Short);
        var vols = notebook.Select(row => row.RollVol!.Value).Order().ToArray();
        var position = 0.33 * (vols.Length - 1);
        var low = vols[(int)position] + ((vols[(int)position + 1] - vols[(int)position]) * (position - (int)position));
        notebook.ShouldAllBe(row => row.LowVol == low);
        notebook.Select(Unweighed).ShouldBe(causal.Select(Unweighed));
        notebook.Select(row => row.CtaFactor).ShouldNotBe(causal.Select(row => row.CtaFactor));
    }

    private static (long, double?, double?, double?) Unweighed(MinuteFactorRow row) => (row.OpenTimeMs, row.SentShort, row.SentMedium, row.Dov);

    private static Kline At(in Kline candle, int minutesLater) => candle with { OpenTimeMs = candle.OpenTimeMs + (minutesLater * 60_000L) };
}
