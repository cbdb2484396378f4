using Granary.Exchange;
using Granary.Simulation.Scenarios;

namespace Granary.Simulation.Soak;

/// <summary>
/// Many symbols that quote ten times a second, for long: nothing that is queued, remembered or scheduled may grow with time. With readers, status and metrics
/// are asked for every second, and one reader asks for everything and never takes the answer.
/// </summary>
internal static class SoakRun
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);

    /// <summary>Runs.</summary>
    /// <param name="seed">Decides the markets.</param>
    /// <param name="symbols">How many symbols.</param>
    /// <param name="time">Virtual time, warm-up included.</param>
    /// <param name="hasReaders">Whether a console and a dashboard are attached.</param>
    /// <param name="tell">Told the figures every simulated hour; null for nobody.</param>
    public static SoakResult Execute(ulong seed, int symbols, TimeSpan time, bool hasReaders, Action<SoakSample>? tell = null)
    {
        var names = Listing.Names(symbols);
        using var stage = new Stage(seed, o => Listing.Add(o, names, volumeThreshold: 2_000m) with
        {
            Profiles = [.. names.Select(n => Listing.Profile(n, 0.5) with { RequoteMs = 100, DepthScale = 0.01 })],
            QuoteIntervalMs = 1_000,
        });
        using var readers = hasReaders ? new Readers(stage.World) : null;
        stage.Run(WarmUp.TotalSeconds);
        var first = Sample(stage);
        var samples = new List<SoakSample> { first };
        var started = stage.Now - WarmUp;
        var told = stage.Now;
        while (stage.Now - started < time)
        {
            stage.Run(1);
            readers?.Ask();
            if (stage.Now - samples[^1].At >= TimeSpan.FromMinutes(1)) samples.Add(Sample(stage));
            if (tell is null || stage.Now - told < TimeSpan.FromHours(1)) continue;
            told = stage.Now;
            tell(samples[^1]);
        }

        var result = new SoakResult(samples, readers?.OutstandingMax ?? 0, readers?.Answers ?? 0, readers?.SeriesMax ?? 0);
        stage.Settle(names);
        return result;
    }

    private static SoakSample Sample(Stage stage)
    {
        var silo = stage.World.Silo!.Silo.GetStatistics();
        return new SoakSample(
            stage.Now, silo.ActivationCount, silo.LongestQueueCount, silo.OverflowCount, GC.GetTotalMemory(forceFullCollection: true), stage.Evidence.Fills.Count);
    }
}
