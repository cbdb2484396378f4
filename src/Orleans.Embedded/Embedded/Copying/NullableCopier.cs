using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

internal sealed class NullableCopier<T> : Copier<T?>
    where T : struct
{
    internal override T? Copy(T? value, CopyContext context) => value is { } inner ? context.Copy(inner) : null;
}
