namespace Granary.Tape.Columnar;

/// <summary>What became of the rows of one source.</summary>
public sealed class ImportTally
{
    /// <summary>Rows that were written to tapes.</summary>
    public long Added { get; internal set; }

    /// <summary>Rows that their tape had already.</summary>
    public long Present { get; internal set; }

    /// <summary>Rows of days that were not written, because a source of theirs could not be read to its end, or the tape could not be written.</summary>
    public long Withheld { get; internal set; }
}
