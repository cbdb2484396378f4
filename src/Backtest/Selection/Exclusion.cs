using Granary.Engine.Selection;

namespace Granary.Backtest.Selection;

/// <summary>That a symbol was left out of selections for one reason.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Reason">The first test that it failed.</param>
/// <param name="Runs">At how many selections.</param>
/// <param name="FirstMs">The first of them, milliseconds since the Unix epoch, UTC.</param>
/// <param name="LastMs">The last of them.</param>
/// <param name="Detail">What the last one said.</param>
public sealed record Exclusion(string Symbol, DropReason Reason, int Runs, long FirstMs, long LastMs, string Detail);
