using System.Globalization;
using Granary.Simulation.Defects;

namespace Granary.Simulation.Seeds;

/// <summary>The simulator on the command line.</summary>
internal static class SeedCommand
{
    private const int DefectRunsMax = 60;

    /// <summary>One seed; with its trace when wanted.</summary>
    /// <returns>The exit code.</returns>
    public static int One(SeedPlan plan, bool isTraced, TextWriter output)
    {
        output.WriteLine($"seed {plan.Seed}, {plan.Length}, {(plan.Troubles.Count == 0 ? "no troubles" : string.Join("; ", plan.Troubles))}");
        var result = SeedRun.Execute(plan, isTraced ? output.WriteLine : null);
        output.WriteLine(result.Digest);
        output.WriteLine(result.Failure is null ? $"passed: {result.Fills} fills, {result.Incidents} incidents" : $"FAILED {result.Failure}");
        return result.Failure is null ? 0 : 1;
    }

    /// <summary>Every seed of a range, one after the other; a failing one is shrunk.</summary>
    /// <returns>The exit code.</returns>
    public static int Many(ulong first, ulong last, TimeSpan? length, Defect defect, TextWriter output, bool isGrid = false)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (time, fills, incidents, failed) = (TimeSpan.Zero, 0L, 0L, 0);
        for (var seed = first; seed <= last; seed++)
        {
            var result = SeedRun.Execute(SeedPlan.Draw(seed, length, defect) with { IsGrid = isGrid });
            (time, fills, incidents) = (time + result.Virtual, fills + result.Fills, incidents + result.Incidents);
            if (result.Failure is not null)
            {
                failed++;
                Tell(result, output);
            }

            if ((seed - first + 1) % 100 == 0) output.WriteLine($"{seed - first + 1} seeds, {failed} failed, {Speed(time, TimeProvider.System.GetElapsedTime(started))}");
        }

        output.WriteLine($"seeds {first}..{last}: {last - first + 1 - (ulong)failed} passed, {failed} failed; {fills} fills, {incidents} incidents; {time.TotalHours:0.0} simulated hours, {Speed(time, TimeProvider.System.GetElapsedTime(started))}");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Each planted defect and the first seed that finds it.</summary>
    /// <returns>The exit code.</returns>
    public static int Defects(TextWriter output)
    {
        var missed = 0;
        foreach (var defect in Enum.GetValues<Defect>().Where(d => d != Defect.None))
        {
            var found = DefectHunt.Find(defect, DefectRunsMax);
            if (found is null) missed++;
            output.WriteLine(found is { } hit ? $"{defect}: run {hit.Runs}, {hit.Result.Rule}" : $"{defect}: NOT FOUND in {DefectRunsMax} runs");
        }

        return missed == 0 ? 0 : 1;
    }

    /// <summary>Prints a failure: the seed, the command, and what is left of the troubles when all that do not matter are taken away.</summary>
    public static void Tell(SeedResult result, TextWriter output)
    {
        output.WriteLine($"seed {result.Plan.Seed} FAILED: {result.Failure}");
        output.WriteLine($"  {result.Command}");
        var smallest = SeedShrinker.Shrink(result);
        output.WriteLine($"  shrunk from {result.Plan.Troubles.Count} troubles to {smallest.Plan.Troubles.Count}: {string.Join("; ", smallest.Plan.Troubles)}");
        var kept = string.Join(',', result.Plan.Troubles.Select((t, i) => (t, i)).Where(p => smallest.Plan.Troubles.Contains(p.t)).Select(p => p.i));
        output.WriteLine($"  {result.Command} --only {(kept.Length == 0 ? "none" : kept)}");
    }

    private static string Speed(TimeSpan time, TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours / Math.Max(elapsed.TotalMinutes, 1e-9):0.0} simulated hours per minute");
}
