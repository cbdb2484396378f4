namespace Granary.Journal;

/// <summary>The journal could not be opened, read or written; the message names the file and what to do.</summary>
public sealed class JournalException(string message, Exception? innerException = null) : Exception(message, innerException);
