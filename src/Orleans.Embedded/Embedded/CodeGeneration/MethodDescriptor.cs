using System.Globalization;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>A method of a grain interface, as generated code describes it.</summary>
public sealed class MethodDescriptor
{
    /// <summary>Creates a descriptor.</summary>
    /// <param name="interfaceName">Short name of the interface.</param>
    /// <param name="methodName">Name of the method.</param>
    /// <param name="options">What its attributes say.</param>
    /// <param name="timeout">Response timeout in invariant form, or null for the silo's.</param>
    public MethodDescriptor(string interfaceName, string methodName, CallOptions options, string? timeout)
    {
        Name = string.Concat(interfaceName, ".", methodName);
        Options = options;
        Timeout = timeout is null ? null : TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
    }

    /// <summary>Interface and method.</summary>
    public string Name { get; }

    /// <summary>What the attributes say.</summary>
    public CallOptions Options { get; }

    /// <summary>Response timeout, or null for the silo's.</summary>
    public TimeSpan? Timeout { get; }
}
