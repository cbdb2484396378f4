namespace Granary.Simulation.CrashDay;

/// <summary>
/// A trading day with a crash, a silent feed and a venue that is gone, the rules watched all the time. Here it is four hours long, so that a run of all
/// tests stays short; the whole day: <c>dotnet run -c Release --project tests/Simulation -- --crash-day --seed N</c>.
/// </summary>
public sealed class CrashDayTests
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(4);

    [Fact]
    public void A_fall_with_the_venue_gone_costs_the_day_and_ends_flat()
    {
        using var day = new CrashDayRun(seed: 2);
        day.Live(Length);
        day.Events.Select(e => e.Name).ShouldBe(["gap", "gap over", "crash", "outage", "outage over"]);
        day.Events[2].Positions.ShouldNotContain("BTCUSDT 0,");

        // The stop could not be sent for four minutes of a fall of 20 %: the loss is past the day's limit, and nothing is opened after it.
        day.World.Exposure.WorstDayShare.ShouldBeLessThan(-CrashDayRun.Limits.DailyLossMax);
        CrashDayRun.Symbols.ShouldAllBe(s => day.World.Position(s) == 0);
        var story = day.Tell();
        story.Refusals.ShouldContainKey("DailyLoss");
        CheckStory(day, story);
        Invariants.Check(day.World, CrashDayRun.Symbols);
    }

    [Fact]
    public void A_fall_with_the_venue_there_is_left_in_time()
    {
        using var day = new CrashDayRun(seed: 1);
        day.Live(Length);
        day.Events.Select(e => e.Name).ShouldBe(["gap", "gap over", "crash", "outage", "outage over"]);
        day.World.Exposure.WorstDayShare.ShouldBeGreaterThan(-CrashDayRun.Limits.DailyLossMax);
        CheckStory(day, day.Tell());
        Invariants.Check(day.World, CrashDayRun.Symbols);
    }

    private static void CheckStory(CrashDayRun day, Story.DayStory story)
    {
        Invariants.CheckTraded(day.World, CrashDayRun.Symbols);
        day.World.Exposure.GrossShareMax.ShouldBeGreaterThan(CrashDayRun.Limits.PositionEquityShareMax / 2);
        day.World.Evidence.IncidentKinds.ShouldContainKey("TradesRefilled");
        day.World.Evidence.IncidentKinds.ShouldContainKey("UserStreamLost");
        story.StateChanges.ShouldBeGreaterThan(1);
        story.Exits.Values.Sum().ShouldBeGreaterThan(0);
        story.Unexplained.ShouldBeEmpty();
        day.Rules.Looks.ShouldBeGreaterThan((long)(Length / TimeSpan.FromSeconds(5)) * 9 / 10);
    }
}
