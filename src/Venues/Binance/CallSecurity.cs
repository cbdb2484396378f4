namespace Granary.Venues.Binance;

/// <summary>What a REST request carries beside its parameters.</summary>
internal enum CallSecurity
{
    /// <summary>Nothing: public data.</summary>
    None,

    /// <summary>The API key header.</summary>
    Key,

    /// <summary>The API key header, a timestamp and a signature.</summary>
    Signed,
}
