using System.Collections.Immutable;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

/// <summary>For elements that must be copied; arrays of others are shared.</summary>
internal sealed class ImmutableArrayCopier<T> : Copier<ImmutableArray<T>>
{
    internal override ImmutableArray<T> Copy(ImmutableArray<T> value, CopyContext context) =>
        value.IsDefault ? value : ImmutableArray.CreateRange(value, static (item, copy) => copy.Copy(item), context);
}
