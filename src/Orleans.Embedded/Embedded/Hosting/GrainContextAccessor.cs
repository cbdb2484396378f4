using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.Embedded.Hosting;

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => Activation.Current ?? throw new InvalidOperationException("No grain's turn is running.");
}
