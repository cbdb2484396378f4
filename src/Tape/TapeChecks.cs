namespace Granary.Tape;

/// <summary>What a reader does with a row whose data are wrong. A file that cannot be read is an error in both.</summary>
public enum TapeChecks
{
    /// <summary>The first wrong row ends the reading with a <see cref="TapeException"/>.</summary>
    Strict,

    /// <summary>Wrong rows are left out and counted in the <see cref="TapeReport"/>.</summary>
    Lenient,
}
