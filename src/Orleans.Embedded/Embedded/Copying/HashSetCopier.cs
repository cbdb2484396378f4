using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class HashSetCopier<T> : Copier<HashSet<T>>
{
    internal override HashSet<T> Copy(HashSet<T> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return (HashSet<T>)known!;
        var copy = new HashSet<T>(value.Count, value.Comparer);
        context.Record(value, copy);
        foreach (var item in value) copy.Add(context.Copy(item));
        return copy;
    }
}
