using Granary.Tape;

namespace Granary.Client.Data.Features;

/// <summary>One file of a run.</summary>
/// <param name="Part">The file.</param>
/// <param name="IsSingle">Whether its trades are single ones.</param>
/// <param name="Rows">Trades read.</param>
/// <param name="Skipped">Rows left out.</param>
/// <param name="SkippedBlocks">Damaged places of a tape left out.</param>
/// <param name="Offences">The first rows left out.</param>
/// <param name="Faults">The first damaged places of a tape.</param>
public sealed record FeatureSource(
    TapePart Part, bool IsSingle, long Rows, long Skipped, long SkippedBlocks, IReadOnlyList<TapeOffence> Offences, IReadOnlyList<string> Faults)
{
    /// <summary>Whether everything was read.</summary>
    public bool IsClean => Skipped == 0 && SkippedBlocks == 0;
}
