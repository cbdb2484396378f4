using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

/// <summary>A type with [Immutable] that is not sealed: shared when the value is exactly of that type, else copied as what it is.</summary>
internal sealed class ExactTypeCopier<T> : Copier<T>
{
    internal override T Copy(T value, CopyContext context)
    {
        var type = value!.GetType();
        return type == typeof(T) ? value : (T)CopierProvider.For(type).CopyObject(value, context);
    }
}
