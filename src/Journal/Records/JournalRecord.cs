namespace Granary.Journal.Records;

/// <summary>Something to be recorded.</summary>
public abstract record JournalRecord;
