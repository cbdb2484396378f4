namespace Orleans.Embedded.CodeGeneration;

/// <summary>Copies values of one type.</summary>
public abstract class Copier
{
    private protected Copier()
    {
    }

    /// <summary>Whether a value is its own copy.</summary>
    internal virtual bool IsShallow => false;

    internal abstract object CopyObject(object value, CopyContext context);
}
