namespace Granary.Grains.Supervision;

/// <summary>What the actor runtime shows of one activation.</summary>
/// <param name="QueueLength">Calls that wait for their turn.</param>
/// <param name="BusyMs">How long the call that keeps others waiting has run, milliseconds; 0 for none.</param>
/// <param name="TimerMs">How long the tick of a timer has run, milliseconds; 0 for none.</param>
public readonly record struct ActivationSighting(int QueueLength, long BusyMs, long TimerMs);
