using System.Globalization;

namespace Granary.Silo.Tests.Replay;

/// <summary>A replay that is killed again and again ends like one that was not: every trade counted once, books and exchange equal.</summary>
public sealed class KillTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("granary-kill-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Replay_survives_kills_at_random_moments(int seed)
    {
        const int Trades = 20_000;
        const int Kills = 5;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        var tape = SampleTape.Write(_folder, Trades, seed);
        var data = Path.Combine(_folder, "data");
        var random = new Random(seed);
        string[] args = ["replay", "--trades", tape, "--volume-threshold", "5000", "--Exchange:Speed", "6000", "--Engine:SnapshotIntervalMs", "200"];

        for (var kill = 1; kill <= Kills; kill++)
        {
            using var silo = SiloProcess.Start(data, args);
            await silo.UntilTradesAsync(((long)Trades * kill / (Kills + 1)) + random.Next(2_000), timeout.Token);
            await silo.KillAsync();
        }

        using var last = SiloProcess.Start(data, args);
        var code = await last.ExitCodeAsync(timeout.Token);
        code.ShouldBe(0, last.Output);
        last.Output.ShouldContain("everything agrees");
        last.Output.ShouldContain(Trades.ToString(CultureInfo.InvariantCulture));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
