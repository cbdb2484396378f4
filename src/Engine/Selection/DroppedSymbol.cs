namespace Granary.Engine.Selection;

/// <summary>A symbol that is not in the pool of a selection, and why.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Reason">The first test that it failed.</param>
/// <param name="Detail">The value that failed and what was expected, in words.</param>
public sealed record DroppedSymbol(string Symbol, DropReason Reason, string Detail);
