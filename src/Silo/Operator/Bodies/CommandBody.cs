namespace Granary.Silo.Operator.Bodies;

/// <summary>What became of a command that was carried out.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Command">halt, reduce-only, resume, flatten or reconcile.</param>
/// <param name="Reason">Why, as the operator said.</param>
/// <param name="Recorded">Whether the journal holds a record of it; a command is not withheld because the journal is broken.</param>
/// <param name="View">The account afterwards.</param>
public sealed record CommandBody(string Account, string Command, string Reason, bool Recorded, AccountBody View);
