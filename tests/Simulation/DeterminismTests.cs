using System.Diagnostics;

namespace Granary.Simulation;

/// <summary>The same seed gives the same run, byte for byte, in every process.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public async Task A_simulated_hour_with_its_troubles_leaves_the_same_journal_in_two_processes()
    {
        var runs = await Task.WhenAll(RunAsync(seed: 5, minutes: 60), RunAsync(seed: 5, minutes: 60));
        runs[0].ShouldContain("journal=");
        runs[0].ShouldContain("passed");
        runs[1].ShouldBe(runs[0]);
    }

    [Fact]
    public async Task Another_seed_is_another_run()
    {
        var runs = await Task.WhenAll(RunAsync(seed: 6, minutes: 5), RunAsync(seed: 7, minutes: 5));
        runs[1].ShouldNotBe(runs[0]);
    }

    private static async Task<string> RunAsync(int seed, int minutes)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in (string[])[typeof(Program).Assembly.Location, "--seed", $"{seed}", "--minutes", $"{minutes}"]) start.ArgumentList.Add(arg);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return output;
    }
}
