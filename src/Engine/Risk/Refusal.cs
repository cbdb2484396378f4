namespace Granary.Engine.Risk;

/// <summary>Why a proposal was not approved.</summary>
/// <param name="Reason">The rule.</param>
/// <param name="Detail">The numbers behind it as key=value pairs with blanks between.</param>
public sealed record Refusal(RefusalReason Reason, string Detail);
