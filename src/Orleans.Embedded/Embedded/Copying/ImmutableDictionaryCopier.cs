using System.Collections.Immutable;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class ImmutableDictionaryCopier<TKey, TValue> : Copier<ImmutableDictionary<TKey, TValue>>
    where TKey : notnull
{
    internal override ImmutableDictionary<TKey, TValue> Copy(ImmutableDictionary<TKey, TValue> value, CopyContext context) =>
        ImmutableDictionary.CreateRange(value.KeyComparer, value.ValueComparer, value.Select(context.Copy));
}
