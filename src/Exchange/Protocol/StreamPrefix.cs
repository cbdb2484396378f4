namespace Granary.Exchange.Protocol;

/// <summary>The root that a session was opened under; each serves its own streams.</summary>
internal enum StreamPrefix
{
    /// <summary>A retired root, which serves every stream.</summary>
    Any,

    /// <summary>Books and quotes.</summary>
    Public,

    /// <summary>Trades, marks and the rest of the market data.</summary>
    Market,

    /// <summary>User data.</summary>
    Private,

    /// <summary>No streams: requests and answers (/ws-fapi/v1).</summary>
    Api,
}
