namespace Granary.BacktestSpeed;

/// <summary>What is measured beside a peer.</summary>
/// <param name="Name">Its name, with the unit.</param>
/// <param name="Rows">Rows of one run.</param>
/// <param name="Run">A run of the engine; it says what came of it.</param>
/// <param name="PeersLine">How the line begins in which the peer prints its own rate.</param>
internal sealed record Comparison(string Name, long Rows, Func<string> Run, string PeersLine);
