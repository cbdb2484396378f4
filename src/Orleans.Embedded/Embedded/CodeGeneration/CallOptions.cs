namespace Orleans.Embedded.CodeGeneration;

/// <summary>What the attributes of a method say.</summary>
[Flags]
public enum CallOptions : byte
{
    /// <summary>An ordinary call.</summary>
    None = 0,

    /// <summary>Nobody waits for it.</summary>
    OneWay = 1,

    /// <summary>May run beside other read-only calls.</summary>
    ReadOnly = 2,

    /// <summary>May run beside any call.</summary>
    AlwaysInterleave = 4
}
