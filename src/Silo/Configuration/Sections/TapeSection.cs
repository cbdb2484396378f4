using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>One recorded file.</summary>
public sealed record TapeSection
{
    /// <summary>The symbol whose trades the file holds; 2 to 20 upper-case letters or digits, required.</summary>
    [EntryKey, Matches("[A-Z0-9]{2,20}", "2 to 20 upper-case letters or digits")]
    public string Symbol { get; init; } = "";

    /// <summary>The file, csv, csv.gz or zip, or a socket capture for the market Capture; file name, required.</summary>
    [FilePath]
    public string File { get; init; } = "";
}
