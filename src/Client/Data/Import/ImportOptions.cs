using Granary.Tape;

namespace Granary.Client.Data.Import;

/// <summary>What is imported, and how.</summary>
/// <param name="Folder">Folder of the tapes.</param>
/// <param name="Symbol">The symbol of all files; null to take it from rows and names.</param>
/// <param name="Layout">The layout, when files do not tell it; null to find it.</param>
/// <param name="Kind">The kind that all files must become; null for what their layout says.</param>
/// <param name="Replaces">Whether the days that the files hold are written anew from them instead of merged with what is there.</param>
public sealed record ImportOptions(string Folder, string? Symbol = null, TapeLayout? Layout = null, ImportKind? Kind = null, bool Replaces = false);
