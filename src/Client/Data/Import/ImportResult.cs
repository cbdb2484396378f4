using Granary.Tape.Columnar;

namespace Granary.Client.Data.Import;

/// <summary>The outcome of an import.</summary>
/// <param name="Parts">The files, one for each member of an archive.</param>
/// <param name="Changes">Tapes that were changed.</param>
public sealed record ImportResult(IReadOnlyList<ImportedPart> Parts, IReadOnlyList<DayChange> Changes)
{
    /// <summary>What the shell is told.</summary>
    public int ExitCode => Parts.Any(p => p.Error is not null) ? DataExit.Unreadable : Parts.Any(p => p.Invalid > 0) ? DataExit.Findings : DataExit.Clean;
}
