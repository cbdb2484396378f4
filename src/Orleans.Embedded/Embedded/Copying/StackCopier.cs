using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class StackCopier<T> : Copier<Stack<T>>
{
    internal override Stack<T> Copy(Stack<T> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return (Stack<T>)known!;
        var copy = new Stack<T>(value.Count);
        context.Record(value, copy);
        foreach (var item in value.Reverse()) copy.Push(context.Copy(item));
        return copy;
    }
}
