using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class QueueCopier<T> : Copier<Queue<T>>
{
    internal override Queue<T> Copy(Queue<T> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return (Queue<T>)known!;
        var copy = new Queue<T>(value.Count);
        context.Record(value, copy);
        foreach (var item in value) copy.Enqueue(context.Copy(item));
        return copy;
    }
}
