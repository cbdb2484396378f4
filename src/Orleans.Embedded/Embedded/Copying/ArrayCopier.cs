using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class ArrayCopier<T> : Copier<T[]>
{
    internal override T[] Copy(T[] value, CopyContext context)
    {
        if (value.Length == 0) return value;
        if (context.TryGetCopy(value, out var known)) return (T[])known!;
        if (CopierProvider.Of<T>().IsShallow)
        {
            var clone = (T[])value.Clone();
            context.Record(value, clone);
            return clone;
        }

        var copy = new T[value.Length];
        context.Record(value, copy);
        for (var index = 0; index < copy.Length; index++) copy[index] = context.Copy(value[index]);
        return copy;
    }
}
