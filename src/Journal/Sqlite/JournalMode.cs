namespace Granary.Journal.Sqlite;

/// <summary>Which thread commits.</summary>
public enum JournalMode
{
    /// <summary>One dedicated thread commits everything queued as one group; callers wait asynchronously.</summary>
    Background,

    /// <summary>The caller's thread commits each append before the call returns: no thread, no asynchrony, the same order in every run.</summary>
    Inline,
}
