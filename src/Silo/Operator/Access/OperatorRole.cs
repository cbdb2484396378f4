namespace Granary.Silo.Operator.Access;

/// <summary>What the sender of a request may do; each role includes those before it.</summary>
public enum OperatorRole
{
    /// <summary>Nobody that is known.</summary>
    None,

    /// <summary>May read.</summary>
    View,

    /// <summary>May read and command.</summary>
    Operate,
}
