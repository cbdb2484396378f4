using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class SortedDictionaryCopier<TKey, TValue> : Copier<SortedDictionary<TKey, TValue>>
    where TKey : notnull
{
    internal override SortedDictionary<TKey, TValue> Copy(SortedDictionary<TKey, TValue> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return (SortedDictionary<TKey, TValue>)known!;
        var copy = new SortedDictionary<TKey, TValue>(value.Comparer);
        context.Record(value, copy);
        foreach (var (key, item) in value) copy.Add(context.Copy(key), context.Copy(item));
        return copy;
    }
}
