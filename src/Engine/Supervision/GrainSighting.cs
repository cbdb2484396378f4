namespace Granary.Engine.Supervision;

/// <summary>What was seen of one grain at one look.</summary>
/// <param name="UnansweredMs">How long the question put to it has waited, milliseconds; null when none waits.</param>
/// <param name="BusyMs">How long the call that it works on has run, milliseconds; null where the actor runtime does not tell.</param>
/// <param name="TimerMs">How long the tick of one of its timers has run, milliseconds; 0 for none, or where the actor runtime does not tell.</param>
public readonly record struct GrainSighting(long? UnansweredMs, long? BusyMs, long TimerMs);
