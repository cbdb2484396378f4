using System.Collections.Immutable;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class ImmutableHashSetCopier<T> : Copier<ImmutableHashSet<T>>
{
    internal override ImmutableHashSet<T> Copy(ImmutableHashSet<T> value, CopyContext context) => ImmutableHashSet.CreateRange(value.KeyComparer, value.Select(context.Copy));
}
