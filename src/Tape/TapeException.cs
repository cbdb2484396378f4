namespace Granary.Tape;

/// <summary>A tape is wrong; the message names file, line and field and says what to do.</summary>
public sealed class TapeException : Exception
{
    /// <param name="file">The file; with an archive, "archive!member".</param>
    /// <param name="line">Line number from 1, or 0 when no line is meant.</param>
    /// <param name="field">Column or JSON field, or empty.</param>
    /// <param name="defect">What is wrong.</param>
    /// <param name="message">What was found and what to do.</param>
    /// <param name="innerException">The cause, or null.</param>
    public TapeException(string file, long line, string field, TapeDefect defect, string message, Exception? innerException = null)
        : base(Place(file, line, field) + ": " + message, innerException)
    {
        File = file;
        Line = line;
        Field = field;
        Defect = defect;
    }

    /// <summary>The file; with an archive, "archive!member".</summary>
    public string File { get; }

    /// <summary>Line number from 1, or 0 when no line is meant.</summary>
    public long Line { get; }

    /// <summary>Column or JSON field, or empty.</summary>
    public string Field { get; }

    /// <summary>What is wrong.</summary>
    public TapeDefect Defect { get; }

    private static string Place(string file, long line, string field) =>
        file + (line > 0 ? FormattableString.Invariant($" line {line}") : "") + (field.Length > 0 ? " field " + field : "");
}
