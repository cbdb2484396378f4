using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

/// <summary>Values that cannot change are their own copies.</summary>
internal sealed class ShallowCopier<T> : Copier<T>
{
    internal override bool IsShallow => true;

    internal override T Copy(T value, CopyContext context) => value;
}
