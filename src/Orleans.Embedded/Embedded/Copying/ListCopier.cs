using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class ListCopier<T> : Copier<List<T>>
{
    internal override List<T> Copy(List<T> value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known)) return (List<T>)known!;
        if (value.GetType() != typeof(List<T>)) return (List<T>)CopierProvider.For(value.GetType()).CopyObject(value, context);
        if (CopierProvider.Of<T>().IsShallow)
        {
            var clone = new List<T>(value);
            context.Record(value, clone);
            return clone;
        }

        var copy = new List<T>(value.Count);
        context.Record(value, copy);
        foreach (var item in value) copy.Add(context.Copy(item));
        return copy;
    }
}
