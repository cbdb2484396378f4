namespace Granary.Exchange.Markets;

/// <summary>One symbol of a recorded market.</summary>
internal interface IRecordedSymbol : IDisposable
{
    /// <summary>Time of the next event for pacing and merging; null at the end.</summary>
    long? NextTimeMs { get; }

    /// <summary>Why the record ended early, or null.</summary>
    string? Error { get; }

    /// <summary>Lets the next event happen.</summary>
    void Step();
}
