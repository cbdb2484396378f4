using System.Collections.Immutable;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class ImmutableListCopier<T> : Copier<ImmutableList<T>>
{
    internal override ImmutableList<T> Copy(ImmutableList<T> value, CopyContext context) => ImmutableList.CreateRange(value.Select(context.Copy));
}
