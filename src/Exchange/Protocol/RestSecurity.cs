namespace Granary.Exchange.Protocol;

/// <summary>What an endpoint demands of a request.</summary>
internal enum RestSecurity
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A known API key.</summary>
    ApiKey,

    /// <summary>A known API key, a timestamp and a signature.</summary>
    Signed,
}
