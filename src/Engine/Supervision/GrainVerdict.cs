namespace Granary.Engine.Supervision;

/// <summary>One grain's verdict.</summary>
/// <param name="Index">Its place in the list of rules.</param>
/// <param name="Action">What follows.</param>
/// <param name="ForMs">How long it has been, or was, stuck, milliseconds.</param>
/// <param name="Restarts">Restarts of this grain within the window, this one included.</param>
public readonly record struct GrainVerdict(int Index, GrainAction Action, long ForMs, int Restarts);
