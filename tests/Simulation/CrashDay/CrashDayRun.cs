using Granary.Engine.Risk;
using Granary.Exchange;
using Granary.Exchange.Faults;
using Granary.Simulation.Story;
using Granary.Simulation.Watch;

namespace Granary.Simulation.CrashDay;

/// <summary>
/// A trading day in virtual time: two symbols, positions on both sides, and in the afternoon a fall of 20 % within two minutes, a feed that falls silent and
/// is refilled, a venue that first answers with errors and then not at all. Every event waits for an open position. With an even seed the venue fails in the
/// middle of the fall, when the stops are needed.
/// </summary>
internal sealed class CrashDayRun : IDisposable
{
    public static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT"];

    private readonly List<SyntheticMove> _bitcoin = [];
    private readonly List<SyntheticMove> _ether = [];
    private readonly ulong _seed;
    private readonly TimeSpan _length;

    /// <summary>Makes the day's world.</summary>
    /// <param name="seed">Its seed.</param>
    /// <param name="length">
    /// 24 h, or less for a shorter one: the events keep their share of it. A long day has larger bars, so that its fees alone do not reach the daily loss limit
    /// before the fall comes.
    /// </param>
    /// <param name="stopsAtVenue">False: the engine's own stops are all there is.</param>
    public CrashDayRun(ulong seed, TimeSpan length, bool stopsAtVenue = true)
    {
        (_seed, _length) = (seed, length);
        var barScale = (decimal)Math.Max(1, length / TimeSpan.FromHours(6));
        World = new World(new WorldOptions
        {
            Seed = seed,
            Symbols = Symbols,
            VolumeThreshold = 6 * barScale,
            VolumeThresholds = new Dictionary<string, decimal> { ["ETHUSDT"] = 110 * barScale },
            Profiles =
            [
                new SyntheticProfile("BTCUSDT", 64_000m, 0.5, 0.20m, 1.2) { RequoteMs = 2_500, Moves = _bitcoin },
                new SyntheticProfile("ETHUSDT", 3_200m, 0.4, 3.5m, 1.4) { RequoteMs = 2_500, Moves = _ether },
            ],
            DepthIntervalMs = 2_000,
            QuoteIntervalMs = 500,
            SnapshotIntervalMs = 30_000,
            Limits = Limits,
            StopsAtVenue = stopsAtVenue,
        });
        Rules = new ContinuousRules(World);
    }

    /// <summary>Tight against the positions that this market makes, so that they are reached; a losing streak alone does not end the day before the fall.</summary>
    public static RiskLimits Limits { get; } = new()
    {
        PositionEquityShareMax = 0.30m,
        DirectionEquityShareMax = 0.40m,
        GrossNotionalEquityMax = 0.45m,
        OpenOrdersMax = 4,
        ProfitToFeesMin = 0,
        LossStreakHalfAt = 20,
        LossStreakPauseAt = 40,
    };

    public World World { get; }

    public ContinuousRules Rules { get; }

    /// <summary>What was done to the day, in order.</summary>
    public List<DayEvent> Events { get; } = [];

    /// <summary>Lives the whole day.</summary>
    /// <exception cref="ViolationException">A rule was broken.</exception>
    public void Live()
    {
        World.StartSilo();
        Rules.Run(_length * 0.4);
        Gap();
        Rules.Run(_length * 0.1);
        if (_seed % 2 == 0)
        {
            CrashInOutage();
        }
        else
        {
            Crash();
            Rules.Run(_length * 0.1);
            Until(() => Symbols.Any(s => World.Position(s) != 0));
            Outage(TimeSpan.FromMinutes(1));
        }

        Rules.Run(TimeSpan.FromMinutes(10));

        var left = World.Scheduler.Options.Start + _length - World.Scheduler.Now;
        if (left > TimeSpan.Zero) Rules.Run(left);
    }

    /// <summary>The day as the journal tells it.</summary>
    public DayStory Tell()
    {
        var world = World;
        return world.Scheduler.Run(async () => await DayStory.ReadAsync(world.Journal!.Reader, World.Account));
    }

    public void Dispose() => World.Dispose();

    private void Crash()
    {
        Until(() => Symbols.Any(s => World.Position(s) != 0));
        Fall();
        Rules.Run(TimeSpan.FromMinutes(12));
    }

    /// <summary>The venue is gone when the fall begins and a long position needs its stop.</summary>
    private void CrashInOutage()
    {
        Until(() => World.Position("BTCUSDT") > 0);
        Fall();
        Outage(errors: TimeSpan.FromSeconds(10));
        Rules.Run(TimeSpan.FromMinutes(10));
    }

    /// <summary>20 % in two minutes; half of it comes back in the hour that begins ten minutes later.</summary>
    private void Fall()
    {
        var start = World.Scheduler.Now.AddSeconds(1).ToUnixTimeMilliseconds();
        Note("crash", "the market falls by 20 % within two minutes");
        foreach (var moves in new[] { _bitcoin, _ether })
        {
            moves.Add(new SyntheticMove(start, 120_000, -0.20));
            moves.Add(new SyntheticMove(start + 600_000, 3_600_000, 0.125));
        }
    }

    /// <summary>Errors and lost answers first, then four minutes of nothing at all.</summary>
    private void Outage(TimeSpan errors)
    {
        var now = World.Scheduler.Now.ToUnixTimeMilliseconds();
        Note("outage", $"the venue answers with errors for {errors.TotalSeconds} s and not at all for four minutes");
        var until = now + (long)errors.TotalMilliseconds;
        World.StreamProtocol.Faults.Add(new FaultScript(null,
        [
            new FaultRule(FaultKind.UnknownAfter) { FromMs = now, UntilMs = until, Probability = 0.3 },
            new FaultRule(FaultKind.BadGateway) { FromMs = now, UntilMs = until, Probability = 0.5 },
            new FaultRule(FaultKind.LostAfter) { FromMs = now, UntilMs = until, Probability = 0.3 },
        ]));
        Rules.TroubleUntil = World.Scheduler.Now + errors + TimeSpan.FromMinutes(6);
        Rules.Run(errors);
        World.Network.IsDown = true;
        World.CutStreams();
        Rules.Run(TimeSpan.FromMinutes(4));
        World.Network.IsDown = false;
        Note("outage over", "the venue answers again");
    }

    /// <summary>Connected, acknowledged and silent for three minutes; the trades are to be had by REST afterwards.</summary>
    private void Gap()
    {
        Until(() => Symbols.Any(s => World.Position(s) != 0));
        var now = World.Scheduler.Now.ToUnixTimeMilliseconds();
        Note("gap", "the public streams are silent for three minutes");
        World.StreamProtocol.Faults.Add(new FaultScript(null,
            [.. from symbol in Symbols
                from stream in new[] { "aggTrade", "bookTicker", "markPrice@1s", "depth@100ms" }
                select new FaultRule(FaultKind.EventLost) { Stream = $"{symbol.ToLowerInvariant()}@{stream}", FromMs = now, UntilMs = now + 180_000 }]));
        Rules.Run(TimeSpan.FromMinutes(3));
        Note("gap over", "the public streams speak again");
    }

    private void Until(Func<bool> condition)
    {
        var end = World.Scheduler.Now + TimeSpan.FromHours(2);
        while (World.Scheduler.Now < end && !condition()) Rules.Run(TimeSpan.FromSeconds(1));
    }

    private void Note(string name, string what) =>
        Events.Add(new DayEvent(World.Scheduler.Now, name, what, string.Join(", ", Symbols.Select(s => $"{s} {World.Position(s)}"))));
}
