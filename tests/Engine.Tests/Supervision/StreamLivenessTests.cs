using Granary.Engine.Supervision;

namespace Granary.Engine.Tests.Supervision;

public sealed class StreamLivenessTests
{
    [Fact]
    public void A_steady_stream_is_silent_when_its_time_is_over_and_subscribed_again_and_again()
    {
        var stream = new StreamLiveness(6_000, isSteady: true, 10_000);
        Run(stream, 0, 30_000, _ => 0).ShouldBe([(6_000, StreamAction.Silent), (16_000, StreamAction.StillSilent), (26_000, StreamAction.StillSilent)]);
        stream.HeardMs.ShouldBe(0);
        stream.Look(31_000, 1, false).ShouldBe(StreamAction.Heard);
        Run(stream, 32_000, 36_000, _ => 1).ShouldBeEmpty();
        Run(stream, 37_000, 37_000, _ => 1).ShouldBe([(37_000, StreamAction.Silent)]);
    }

    [Fact]
    public void Another_one_is_asked_about_and_silent_only_when_something_is_missing()
    {
        var stream = new StreamLiveness(6_000, isSteady: false, 10_000);
        Run(stream, 0, 6_000, _ => 7).ShouldBe([(6_000, StreamAction.Ask)]);
        stream.Answer(6_500, 7, isMissing: true);
        Run(stream, 7_000, 7_000, _ => 7).ShouldBe([(7_000, StreamAction.Silent)]);
    }

    [Fact]
    public void A_quiet_market_is_asked_about_less_and_less()
    {
        var stream = new StreamLiveness(6_000, isSteady: false, 10_000);
        var asked = new List<long>();
        for (var now = 0L; now <= 300_000; now += 1_000)
        {
            if (stream.Look(now, 0, false) != StreamAction.Ask) continue;
            asked.Add(now);
            stream.Answer(now, 0, isMissing: false);
        }

        asked.ShouldBe([6_000, 12_000, 24_000, 48_000, 96_000, 156_000, 216_000, 276_000]);
        stream.IsSilent.ShouldBeFalse();
    }

    [Fact]
    public void What_comes_while_the_venue_is_asked_counts()
    {
        var stream = new StreamLiveness(6_000, isSteady: false, 10_000);
        Run(stream, 0, 6_000, _ => 0).Count.ShouldBe(1);
        stream.Look(7_000, 1, false).ShouldBe(StreamAction.None);
        stream.Answer(7_100, 0, isMissing: true);
        Run(stream, 8_000, 12_000, _ => 1).ShouldBeEmpty();

        // And so does what comes between the answer and the next look.
        Run(stream, 13_000, 13_000, _ => 1).ShouldBe([(13_000, StreamAction.Ask)]);
        stream.Answer(13_500, 1, isMissing: true);
        Run(stream, 14_000, 14_000, _ => 2).ShouldBeEmpty();
        stream.IsSilent.ShouldBeFalse();
    }

    [Fact]
    public void Without_a_connection_nothing_is_expected_and_a_silent_one_stays_so_until_it_is_heard()
    {
        var stream = new StreamLiveness(6_000, isSteady: true, 10_000);
        for (var now = 0L; now <= 60_000; now += 1_000) stream.Look(now, 0, isExcused: true).ShouldBe(StreamAction.None);
        Run(stream, 61_000, 66_000, _ => 0).ShouldBe([(66_000, StreamAction.Silent)]);
        stream.Look(67_000, 0, isExcused: true).ShouldBe(StreamAction.None);
        stream.IsSilent.ShouldBeTrue();
        Run(stream, 68_000, 70_000, _ => 0).ShouldBeEmpty();
        stream.Look(71_000, 1, isExcused: true).ShouldBe(StreamAction.Heard);
    }

    private static List<(long NowMs, StreamAction Action)> Run(StreamLiveness stream, long fromMs, long untilMs, Func<long, long> count)
    {
        var actions = new List<(long, StreamAction)>();
        for (var now = fromMs; now <= untilMs; now += 1_000)
        {
            if (stream.Look(now, count(now), false) is not StreamAction.None and var action) actions.Add((now, action));
        }

        return actions;
    }
}
