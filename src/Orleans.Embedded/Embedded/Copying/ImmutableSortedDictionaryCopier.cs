using System.Collections.Immutable;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class ImmutableSortedDictionaryCopier<TKey, TValue> : Copier<ImmutableSortedDictionary<TKey, TValue>>
    where TKey : notnull
{
    internal override ImmutableSortedDictionary<TKey, TValue> Copy(ImmutableSortedDictionary<TKey, TValue> value, CopyContext context) =>
        ImmutableSortedDictionary.CreateRange(value.KeyComparer, value.ValueComparer, value.Select(context.Copy));
}
