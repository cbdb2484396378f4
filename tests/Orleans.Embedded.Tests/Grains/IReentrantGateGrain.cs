namespace Granary.Orleans.Embedded.Tests.Grains;

public interface IReentrantGateGrain : IGateGrain;
