using Granary.Grains.Interfaces.Risk;

namespace Granary.Silo.Operator.Bodies;

/// <summary>What became of a command to the whole engine.</summary>
/// <param name="Command">halt, reduce-only, resume or flatten.</param>
/// <param name="Reason">Why, as the operator said.</param>
/// <param name="Recorded">Whether the journal holds a record of it.</param>
/// <param name="Stop">The engine's stop in force.</param>
/// <param name="Untold">Accounts that did not answer; they find out within seconds, or when they start.</param>
/// <param name="Accounts">The accounts afterwards.</param>
public sealed record EngineCommandBody(
    string Command, string Reason, bool Recorded, EngineStop Stop, IReadOnlyList<string> Untold, IReadOnlyList<AccountBody> Accounts);
