namespace Granary.Tape;

/// <summary>Questions about a defect.</summary>
public static class TapeDefectExtensions
{
    /// <summary>Whether the file as such is at fault (true), or the data of one row (false).</summary>
    public static bool IsOfFile(this TapeDefect defect) => defect < TapeDefect.BlankLine;
}
