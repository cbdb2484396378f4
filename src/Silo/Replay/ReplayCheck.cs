namespace Granary.Silo.Replay;

/// <summary>One line of the comparison: what the engine has, what it is held against, and whether the two are equal.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Engine">The engine's side.</param>
/// <param name="Other">The other side: the file, or the exchange.</param>
/// <param name="IsEqual">Whether they agree, to the last decimal.</param>
public sealed record ReplayCheck(string Name, string Engine, string Other, bool IsEqual);
