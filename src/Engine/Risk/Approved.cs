namespace Granary.Engine.Risk;

/// <summary>Proof that the risk gate approved a value. Nobody else can make one.</summary>
/// <typeparam name="T">What was approved.</typeparam>
public sealed class Approved<T>
{
    internal Approved(T value) => Value = value;

    /// <summary>What was approved.</summary>
    public T Value { get; }
}
