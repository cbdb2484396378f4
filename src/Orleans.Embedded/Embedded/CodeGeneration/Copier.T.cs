namespace Orleans.Embedded.CodeGeneration;

/// <summary>Copies values of one type.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class Copier<T> : Copier
{
    private protected Copier()
    {
    }

    internal abstract T Copy(T value, CopyContext context);

    internal sealed override object CopyObject(object value, CopyContext context) => Copy((T)value, context)!;
}
