using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Features;

/// <summary>
/// A quantile of trade sizes by the two sizes it lies between (formulas §0.7, §2.3), times 10^8; the interpolation in decimals is done when it is asked for.
/// </summary>
/// <param name="Lower">The size of the rank below the quantile's position, or at it.</param>
/// <param name="Upper">The size of the rank after it.</param>
/// <param name="Count">Sizes the quantile is of; 0 for "no value".</param>
internal readonly record struct SizeQuantile(long Lower, long Upper, int Count)
{
    /// <summary>Rank and fraction of the position level·(n-1) among n sizes.</summary>
    public static (int Rank, decimal Fraction) Place(decimal level, int count)
    {
        var position = level * (count - 1);
        var rank = (int)position;
        return (rank, position - rank);
    }

    /// <summary>The quantile, times 10^8; there must be one.</summary>
    public decimal ToDecimalE8(decimal level) => Lower + (Place(level, Count).Fraction * (Upper - Lower));

    /// <summary>The quantile in base units; null for none.</summary>
    public decimal? ToDecimal(decimal level) => Count == 0 ? null : ToDecimalE8(level) / Fixed8.One;

    public void Write(SnapshotWriter writer)
    {
        writer.Write(Lower);
        writer.Write(Upper);
        writer.Write(Count);
    }

    public static SizeQuantile Read(ref SnapshotReader reader)
    {
        var quantile = new SizeQuantile(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32());
        if (quantile.Lower < 0 || quantile.Upper < quantile.Lower || quantile.Count is < 0 or > PipelineOptions.WindowMax)
            throw new InvalidDataException("snapshot of a size quantile is damaged: its sizes or their number are out of bounds");
        return quantile;
    }
}
