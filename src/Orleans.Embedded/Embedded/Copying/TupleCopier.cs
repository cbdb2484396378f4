using System.Reflection;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

/// <summary>Value tuples with something to copy in them, field by field; slow, and rare.</summary>
internal sealed class TupleCopier<T> : Copier<T>
{
    private static readonly FieldInfo[] s_fields = typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public);

    internal override T Copy(T value, CopyContext context)
    {
        object copy = value!;
        foreach (var field in s_fields)
        {
            if (field.GetValue(copy) is { } item) field.SetValue(copy, CopierProvider.For(item.GetType()).CopyObject(item, context));
        }

        return (T)copy;
    }
}
