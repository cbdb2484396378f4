using Orleans.Embedded.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Embedded.Copying;

/// <summary>References to grains and observers are shared; the objects themselves cannot travel.</summary>
internal sealed class ReferenceCopier<T> : Copier<T>
{
    internal override T Copy(T value, CopyContext context) => value is GrainReference
        ? value
        : throw new ArgumentException(
            $"An object of type {value!.GetType()} cannot be carried by a grain call. Pass a reference: {nameof(GrainExtensions.AsReference)} for a grain, {nameof(IGrainFactory.CreateObjectReference)} for an observer.");
}
