using System.Runtime.CompilerServices;
using Orleans.Embedded.Copying;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>Base of the copiers that are generated for types with <see cref="GenerateSerializerAttribute"/>.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class GeneratedCopier<T> : Copier<T>
{
    /// <summary>Copies the members that have an id.</summary>
    /// <param name="from">Original.</param>
    /// <param name="to">Copy.</param>
    /// <param name="context">The copy under way.</param>
    public abstract void CopyMembers(in T from, ref T to, CopyContext context);

    /// <summary>Makes an object to copy into.</summary>
    protected virtual T CreateInstance() => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));

    internal sealed override T Copy(T value, CopyContext context)
    {
        if (typeof(T).IsValueType)
        {
            T target = default!;
            CopyMembers(in value, ref target, context);
            return target;
        }

        if (value!.GetType() != typeof(T)) return (T)CopierProvider.For(value.GetType()).CopyObject(value, context);
        if (context.TryGetCopy(value, out var known)) return (T)known!;
        var copy = CreateInstance();
        context.Record(value, copy!);
        CopyMembers(in value, ref copy, context);
        return copy;
    }
}
