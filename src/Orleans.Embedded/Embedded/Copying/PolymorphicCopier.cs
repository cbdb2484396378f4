using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

/// <summary>Values of interfaces and abstract classes are copied as what they are.</summary>
internal sealed class PolymorphicCopier<T> : Copier<T>
{
    internal override T Copy(T value, CopyContext context)
    {
        var type = value!.GetType();
        return type == typeof(object) ? (T)new object() : (T)CopierProvider.For(type).CopyObject(value, context);
    }
}
