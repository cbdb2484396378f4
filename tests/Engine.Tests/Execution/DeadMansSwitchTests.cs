using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Execution;

namespace Granary.Engine.Tests.Execution;

public sealed class DeadMansSwitchTests
{
    private readonly DeadMansSwitch _switch = new(120_000, 30_000, 5_000);

    [Fact]
    public void It_is_armed_with_the_first_order_refreshed_and_disarmed_with_the_last()
    {
        _switch.Next(rests: false, 0).ShouldBeNull();
        Send(true, 0).ShouldBe(120_000);
        _switch.FiresAtMs.ShouldBe(120_000);
        Send(true, 29_999).ShouldBeNull();
        Send(true, 30_000).ShouldBe(120_000);
        _switch.FiresAtMs.ShouldBe(150_000);
        Send(false, 31_000).ShouldBe(0);
        (_switch.FiresAtMs, _switch.IsNeeded(rests: false)).ShouldBe((null, false));
        Send(false, 32_000).ShouldBeNull();
        Send(true, 33_000).ShouldBe(120_000);
    }

    [Fact]
    public void What_was_not_taken_is_repeated_soon()
    {
        Send(true, 0, isTaken: false).ShouldBe(120_000);
        _switch.IsNeeded(rests: false).ShouldBeTrue("a lost answer may have armed it");
        Send(true, 4_999).ShouldBeNull();
        Send(true, 5_000).ShouldBe(120_000);
        Send(false, 6_000, isTaken: false).ShouldBe(0);
        Send(false, 10_999).ShouldBeNull();
        Send(false, 11_000).ShouldBe(0);
        _switch.IsNeeded(rests: false).ShouldBeFalse();
    }

    /// <summary>While the venue answers at all, it never cancels what a living engine still wants, and never stays armed for nothing.</summary>
    [Fact]
    public void A_living_engine_is_never_cut_off() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1)),
        seed =>
        {
            var random = new Random(seed);
            var kernel = new DeadMansSwitch(120_000, 30_000, 5_000);
            long? firesAtMs = null;
            var failures = 0;
            for (var nowMs = 0L; nowMs < 3_600_000; nowMs += 1_000)
            {
                var rests = (nowMs / 200_000) % 3 != 2;
                if (firesAtMs <= nowMs) throw new InvalidOperationException($"seed {seed}: the venue cancelled at {nowMs}");
                if (kernel.Next(rests, nowMs) is not { } countdown) continue;
                var isTaken = failures >= 10 || random.Next(3) > 0;
                failures = isTaken ? 0 : failures + 1;
                if (isTaken) firesAtMs = countdown == 0 ? null : nowMs + countdown;
                kernel.OnAnswer(countdown, isTaken, nowMs);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(30_000, 30_000, 5_000)]
    [InlineData(120_000, 0, 1)]
    [InlineData(120_000, 30_000, 0)]
    [InlineData(120_000, 30_000, 30_001)]
    public void Times_out_of_range_are_refused(long timeoutMs, long refreshMs, long retryMs) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DeadMansSwitch(timeoutMs, refreshMs, retryMs));

    private long? Send(bool rests, long nowMs, bool isTaken = true)
    {
        var countdown = _switch.Next(rests, nowMs);
        if (countdown is { } sent) _switch.OnAnswer(sent, isTaken, nowMs);
        return countdown;
    }
}
