namespace Orleans;

/// <summary>Which members get field ids without an <see cref="IdAttribute"/>.</summary>
public enum GenerateFieldIds
{
    /// <summary>None: every serialized member carries its own id.</summary>
    None = 0,

    /// <summary>Public properties get ids derived from their names.</summary>
    PublicProperties = 1
}
