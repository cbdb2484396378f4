using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class ReadOnlyMemoryCopier<T> : Copier<ReadOnlyMemory<T>>
{
    internal override ReadOnlyMemory<T> Copy(ReadOnlyMemory<T> value, CopyContext context)
    {
        var copy = value.ToArray();
        if (!CopierProvider.Of<T>().IsShallow)
        {
            for (var index = 0; index < copy.Length; index++) copy[index] = context.Copy(copy[index]);
        }

        return copy;
    }
}
