namespace Orleans.Embedded.CodeGeneration;

/// <summary>How a running request shares its activation with others.</summary>
internal enum Gate : byte
{
    /// <summary>It is not running.</summary>
    None = 0,

    /// <summary>Alone, but for interleaving ones.</summary>
    Exclusive = 1,

    /// <summary>Together with other readers.</summary>
    Reader = 2,

    /// <summary>Together with anything.</summary>
    Interleaved = 3
}
