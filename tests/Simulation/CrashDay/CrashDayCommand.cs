using Granary.Simulation.Watch;

namespace Granary.Simulation.CrashDay;

/// <summary>The crash day on the command line.</summary>
internal static class CrashDayCommand
{
    public static int Run(ulong seed, TimeSpan length, bool stopsAtVenue, bool isTraced, TextWriter output)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var day = new CrashDayRun(seed, length, stopsAtVenue);
        var world = day.World;
        if (isTraced) world.Evidence.Trace = text => output.WriteLine($"{world.Scheduler.Now:HH:mm:ss.fff} {text}");
        var failure = (string?)null;
        try
        {
            day.Live();
        }
        catch (ViolationException e)
        {
            failure = e.Message;
        }

        var story = day.Tell();
        foreach (var line in story.Lines) output.WriteLine(line);
        output.WriteLine($"{story.Lines.Count} steps, {story.StateChanges} changes of state; not explained: {(story.Unexplained.Count == 0 ? "nothing" : string.Join("; ", story.Unexplained))}");
        output.WriteLine($"exits: {string.Join(", ", story.Exits.Select(e => $"{e.Key} {e.Value}"))}; {story.StopsSetOff} stops at the venue set off; states: {string.Join(", ", story.States.Select(e => $"{e.Key} {e.Value}"))}");
        foreach (var happened in day.Events) output.WriteLine($"{happened.Time:HH:mm:ss} {happened.What} (positions {happened.Positions})");
        output.WriteLine(
            $"{world.Evidence.Approvals} approvals, {world.Evidence.Refusals} refusals, {world.Evidence.VenueFills.Count} fills, {world.Evidence.Incidents} incidents; "
            + $"largest exposure {world.Exposure.GrossShareMax:P1} of equity, worst day {world.Exposure.WorstDayShare:P2}; {day.Rules.Looks} looks");
        if (day.Rules.Account is { } account)
        {
            output.WriteLine($"{account.State} {account.StateReason} wallet {account.Wallet} unrealised {account.UnrealizedPnl:0.##} gross {account.GrossNotional:0}");
            output.WriteLine(string.Join(", ", account.Refusals.Select(r => $"{r.Key} {r.Value}")));
        }

        output.WriteLine(string.Join(", ", world.Evidence.IncidentKinds.Select(r => $"{r.Key} {r.Value}")));
        var took = TimeProvider.System.GetElapsedTime(started);
        output.WriteLine($"{length} in {took:mm\\:ss\\.f}: {length.TotalHours / took.TotalMinutes:0.0} simulated hours per minute, {world.Scheduler.TurnCount} turns");
        output.WriteLine(failure is null ? "every rule held" : $"FAILED {failure}");
        return failure is null ? 0 : 1;
    }
}
