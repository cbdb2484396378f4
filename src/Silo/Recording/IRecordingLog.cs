namespace Granary.Silo.Recording;

/// <summary>Takes what an operator wants to know of the recording.</summary>
internal interface IRecordingLog
{
    /// <summary>A tape was damaged before its end, moved away, and begun anew.</summary>
    void Damaged(string symbol, string error, string movedTo);

    /// <summary>An unfinished block at a tape's end was cut off.</summary>
    void Torn(string file, long bytes);

    /// <summary>An earlier tape could not be compacted or deleted.</summary>
    void Untidy(string file, Exception error);
}
