namespace Granary.Tape.Columnar;

/// <summary>How a columnar tape is written.</summary>
public sealed record ColumnarWriterOptions
{
    /// <summary>Rows of a full block; 1 to 65,536, default 4,096. More make a file a little smaller, and need more memory.</summary>
    public int BlockRows { get; init; } = 4_096;

    internal void Validate()
    {
        if (BlockRows is < 1 or > BlockHeader.RowsMax)
            throw new ArgumentException(FormattableString.Invariant($"BlockRows was {BlockRows}; allowed is 1 to {BlockHeader.RowsMax}"));
    }
}
