using Granary.Grains.Configuration;
using Granary.Simulation.Defects;
using Granary.Simulation.Troubles;

namespace Granary.Simulation.Seeds;

/// <summary>What a seed stands for: a length and the troubles that befall the engine in it.</summary>
/// <param name="Seed">Decides market, network, turns and everything else that is left to chance.</param>
/// <param name="Length">Virtual time before everything is left to settle.</param>
/// <param name="Troubles">By time.</param>
/// <param name="Defect">A defect planted on purpose.</param>
internal sealed record SeedPlan(ulong Seed, TimeSpan Length, IReadOnlyList<Trouble> Troubles, Defect Defect = Defect.None)
{
    /// <summary>How the engine places its orders.</summary>
    public PlacementSettings Placement { get; init; } = new();

    /// <summary>Whether the maker grid trades in place of the strategies: long in runs of even seeds, short in others.</summary>
    public bool IsGrid { get; init; }

    public static readonly TimeSpan DefaultLength = TimeSpan.FromMinutes(20);

    private const int TroublesMax = 7;

    /// <summary>Rare kinds end most of what a run is for.</summary>
    private static readonly TroubleKind[] Rare = [TroubleKind.Liquidation, TroubleKind.Flatten];

    /// <summary>
    /// Drawn beside the others, up to two a run, and not where a defect is planted: what the venue says is wrong then in ways that hide or show a defect by luck.
    /// </summary>
    private static readonly TroubleKind[] Extra =
    [
        TroubleKind.StaleAnswers, TroubleKind.PagesForAnswers, TroubleKind.StrangeAnswers, TroubleKind.TradingHalt, TroubleKind.ListenKeyClosed,
        TroubleKind.AccountBeforeOrder, TroubleKind.StuckGrain, TroubleKind.SilentStream,
    ];

    private const ulong ExtraSalt = 0x6578_7472_6174_726f;

    /// <summary>The plan of a seed; a planted defect brings the troubles along that it shows in.</summary>
    public static SeedPlan Draw(ulong seed, TimeSpan? length = null, Defect defect = Defect.None)
    {
        var random = new SplitMix(new SplitMix(seed).Next());
        var time = length ?? DefaultLength;
        var kinds = Enum.GetValues<TroubleKind>().Except(Extra).ToArray();
        var troubles = new List<Trouble>();
        var count = 1 + (int)(random.Unit() * TroublesMax);
        while (troubles.Count < count)
        {
            var kind = kinds[(int)(random.Unit() * kinds.Length)];
            if (Rare.Contains(kind) && random.Unit() < 0.7) continue;
            var at = time * (0.1 + (0.8 * random.Unit()));
            var lasts = random.Between(TimeSpan.FromSeconds(1), time * 0.1);
            troubles.Add(new Trouble(kind, at, lasts, (int)(random.Unit() * 1_000_000)));
        }

        troubles.AddRange(DefectOccasion.Of(defect));
        if (defect == Defect.None) troubles.AddRange(DrawExtra(new SplitMix(new SplitMix(seed ^ ExtraSalt).Next()), time));
        return new SeedPlan(seed, time, [.. troubles.OrderBy(t => t.At)], defect) { Placement = PlacementDraw.Of(seed) };
    }

    private static IEnumerable<Trouble> DrawExtra(SplitMix random, TimeSpan time)
    {
        for (var left = (int)(random.Unit() * 3); left > 0; left--)
        {
            var kind = Extra[(int)(random.Unit() * Extra.Length)];
            yield return new Trouble(
                kind, time * (0.1 + (0.8 * random.Unit())), random.Between(TimeSpan.FromSeconds(1), time * 0.1), (int)(random.Unit() * 1_000_000));
        }
    }

    public bool Has(TroubleKind kind) => Troubles.Any(t => t.Kind == kind);
}
