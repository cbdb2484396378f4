namespace Granary.Tape.Columnar;

/// <summary>What the reading of a columnar tape has met so far. Not safe for use while another thread reads.</summary>
public sealed class ColumnarReport
{
    internal const int QuotedMax = 20;

    private readonly List<string> _faults = [];

    /// <summary>Rows that were given out.</summary>
    public long Rows { get; internal set; }

    /// <summary>Damaged places that were left out; always 0 with <see cref="TapeChecks.Strict"/>.</summary>
    public long SkippedBlocks { get; private set; }

    /// <summary>Rows lost with them, as far as a header tells.</summary>
    public long SkippedRows { get; private set; }

    /// <summary>Bytes at the end of the file that are no whole block: the recording was cut off there, or still goes on.</summary>
    public long TornBytes { get; internal set; }

    /// <summary>The first faults in words, each with file, block and offset; at most 20.</summary>
    public IReadOnlyList<string> Faults => _faults;

    internal void Skip(long rows, string fault)
    {
        SkippedBlocks++;
        SkippedRows += rows;
        if (_faults.Count < QuotedMax) _faults.Add(fault);
    }
}
