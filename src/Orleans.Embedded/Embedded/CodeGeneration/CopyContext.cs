using Orleans.Embedded.Copying;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>One deep copy under way. An object that is reached twice is copied once, so that shared and circular references stay what they are.</summary>
public sealed class CopyContext
{
    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);

    internal CopyContext()
    {
    }

    /// <summary>Copies a value.</summary>
    /// <typeparam name="T">Declared type.</typeparam>
    /// <param name="value">The value.</param>
    /// <exception cref="NotSupportedException">The value's type cannot be carried by a grain call.</exception>
    public T Copy<T>(T value)
    {
        var copier = CopierProvider.Of<T>();
        return copier.IsShallow || value is null ? value : copier.Copy(value, this);
    }

    /// <summary>Copies the members that a base class declares.</summary>
    /// <typeparam name="TBase">The base class.</typeparam>
    /// <param name="from">Original.</param>
    /// <param name="to">Copy.</param>
    public void CopyBaseMembers<TBase>(TBase from, TBase to)
        where TBase : class
    {
        if (CopierProvider.GeneratedOf<TBase>() is { } copier) copier.CopyMembers(in from, ref to, this);
    }

    internal bool TryGetCopy(object original, out object? copy) => _copies.TryGetValue(original, out copy);

    internal void Record(object original, object copy) => _copies[original] = copy;
}
