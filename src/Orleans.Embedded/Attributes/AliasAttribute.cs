namespace Orleans;

/// <summary>A name for a type, interface or method that stays when the code is renamed; part of the wire contract under Microsoft Orleans.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Interface, AllowMultiple = true)]
public sealed class AliasAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="alias">The lasting name.</param>
    public AliasAttribute(string alias)
    {
        ArgumentNullException.ThrowIfNull(alias);
        Alias = alias;
    }

    /// <summary>The lasting name.</summary>
    public string Alias { get; }
}
