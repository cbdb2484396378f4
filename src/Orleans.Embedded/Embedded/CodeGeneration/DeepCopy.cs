using Orleans.Embedded.Copying;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>Copies arguments and results, so that caller and callee never share what may change.</summary>
public static class DeepCopy
{
    /// <summary>A copy of a value, or the value itself where its type says that it cannot change.</summary>
    /// <typeparam name="T">Declared type.</typeparam>
    /// <param name="value">The value.</param>
    /// <exception cref="NotSupportedException">The value's type cannot be carried by a grain call.</exception>
    public static T Of<T>(T value)
    {
        var copier = CopierProvider.Of<T>();
        return copier.IsShallow || value is null ? value : copier.Copy(value, new CopyContext());
    }
}
