namespace Granary.Simulation.CrashDay;

/// <summary>
/// A trading day with a crash, a silent feed and a venue that is gone, the rules watched all the time. Here it is four hours long, so that a run of all
/// tests stays short; the whole day: <c>dotnet run -c Release --project tests/Simulation -- --crash-day --seed N</c>.
/// </summary>
public sealed class CrashDayTests
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(4);

    [Fact]
    public void A_fall_with_the_venue_out_of_reach_is_left_by_the_stop_that_rests_there_and_ends_flat()
    {
        using var day = new CrashDayRun(seed: 2, Length);
        day.Live();
        CheckOutage(day);

        // Entries end at the day's limit; what is open by then loses at most what its stop risks. Without stops at the venue it is more than twice the limit.
        var open = CrashDayRun.Symbols.Length * CrashDayRun.Limits.RiskPerTrade;
        day.World.Exposure.WorstDayShare.ShouldBeGreaterThan(-CrashDayRun.Limits.DailyLossMax - open);
        var story = day.Tell();
        CheckStory(day, story);
        story.StopsSetOff.ShouldBeGreaterThan(0);
        Invariants.Check(day.World, CrashDayRun.Symbols);
    }

    [Fact]
    public void Without_stops_at_the_venue_the_same_fall_costs_the_day_and_nothing_is_opened_after_it()
    {
        using var day = new CrashDayRun(seed: 2, Length, stopsAtVenue: false);
        day.Live();
        CheckOutage(day);

        // No stop could be sent for four minutes of a fall of 20 %: the loss is past the day's limit.
        day.World.Exposure.WorstDayShare.ShouldBeLessThan(-CrashDayRun.Limits.DailyLossMax);
        CrashDayRun.Symbols.ShouldAllBe(s => day.World.Position(s) == 0);
        var story = day.Tell();

        // An exit whose outcome is unknown for two minutes stops the account before its loss is known; both reasons stand.
        story.States.Keys.ShouldContain("ReduceOnly");
        story.Refusals.ShouldContainKey("StateReduceOnly");
        story.Lines.ShouldContain(l => l.Text.Contains("EntryRule", StringComparison.Ordinal) && l.Text.EndsWith("DailyLoss on", StringComparison.Ordinal));
        CheckStory(day, story);
        Invariants.Check(day.World, CrashDayRun.Symbols);
    }

    [Fact]
    public void A_fall_with_the_venue_there_is_left_in_time()
    {
        using var day = new CrashDayRun(seed: 1, Length);
        day.Live();
        day.Events.Select(e => e.Name).ShouldBe(["gap", "gap over", "crash", "outage", "outage over"]);
        day.World.Exposure.WorstDayShare.ShouldBeGreaterThan(-CrashDayRun.Limits.DailyLossMax);
        CheckStory(day, day.Tell());
        Invariants.Check(day.World, CrashDayRun.Symbols);
    }

    private static void CheckOutage(CrashDayRun day)
    {
        day.Events.Select(e => e.Name).ShouldBe(["gap", "gap over", "crash", "outage", "outage over"]);
        day.Events[2].Positions.ShouldNotContain("BTCUSDT 0,");
    }

    private static void CheckStory(CrashDayRun day, Story.DayStory story)
    {
        Invariants.CheckTraded(day.World, CrashDayRun.Symbols);
        day.World.Exposure.GrossShareMax.ShouldBeGreaterThan(CrashDayRun.Limits.PositionEquityShareMax / 2);
        day.World.Evidence.IncidentKinds.ShouldContainKey("TradesRefilled");
        day.World.Evidence.IncidentKinds.ShouldContainKey("UserStreamLost");
        story.StateChanges.ShouldBeGreaterThan(3);
        story.States.Keys.ShouldContain("Recovering");
        story.States.Keys.ShouldContain("Active");
        (story.Exits.Values.Sum() + story.StopsSetOff).ShouldBeGreaterThan(0);
        story.Unexplained.ShouldBeEmpty();
        day.Rules.Looks.ShouldBeGreaterThan((long)(Length / TimeSpan.FromSeconds(5)) * 9 / 10);
    }
}
