using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class DictionaryCopier<TKey, TValue> : Copier<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    internal override Dictionary<TKey, TValue> Copy(Dictionary<TKey, TValue> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return (Dictionary<TKey, TValue>)known!;
        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        context.Record(value, copy);
        foreach (var (key, item) in value) copy.Add(context.Copy(key), context.Copy(item));
        return copy;
    }
}
