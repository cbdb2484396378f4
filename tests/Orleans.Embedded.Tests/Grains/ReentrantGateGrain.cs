using Orleans.Concurrency;

namespace Granary.Orleans.Embedded.Tests.Grains;

[Reentrant]
public sealed class ReentrantGateGrain(Probe probe) : GateGrain(probe), IReentrantGateGrain;
