using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>What is to be seen of one activation from outside. Times are good to about a second; zero for nothing under way.</summary>
/// <param name="GrainId">The grain.</param>
/// <param name="QueuedCallCount">Calls that wait for their turn.</param>
/// <param name="BusyFor">How long the call that keeps others waiting has run, or the activation's beginning or end.</param>
/// <param name="TimerFor">How long the tick of a timer has run, the longest of them.</param>
/// <param name="TurnFor">How long the turn under way has held its thread, in real time; zero in a simulation.</param>
public sealed record ActivationStatistics(GrainId GrainId, int QueuedCallCount, TimeSpan BusyFor, TimeSpan TimerFor, TimeSpan TurnFor);
