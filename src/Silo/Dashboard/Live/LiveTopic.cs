namespace Granary.Silo.Dashboard.Live;

/// <summary>Something that can be watched.</summary>
/// <param name="Name">As clients ask for it, for example status or symbol/BTCUSDT.</param>
/// <param name="EveryTicks">A sample every so many ticks of the publisher, 1 or more.</param>
/// <param name="SampleAsync">Takes a sample; throws <see cref="Operator.OperatorProblem"/> when there is none, which is then told.</param>
public sealed record LiveTopic(string Name, int EveryTicks, Func<CancellationToken, Task<object>> SampleAsync);
