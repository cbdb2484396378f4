using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Client.Data.Import;

/// <summary>What became of one file.</summary>
/// <param name="Part">The file.</param>
public sealed record ImportedPart(TapePart Part)
{
    /// <summary>Name of the kind; empty when the file cannot be read.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The symbols, by first appearance, at most <see cref="FindingLog.PlacesMax"/>.</summary>
    public List<string> Symbols { get; } = [];

    /// <summary>Rows read.</summary>
    public long Rows { get; set; }

    /// <summary>Rows left out because they are none, or go back in id or time.</summary>
    public long Invalid { get; set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<TapeOffence> Offences { get; set; } = [];

    /// <summary>Rows written, there already, and withheld.</summary>
    public ImportTally Tally { get; } = new();

    /// <summary>Why the file was not read to its end, or its rows not written; null when all went well.</summary>
    public string? Error { get; set; }
}
