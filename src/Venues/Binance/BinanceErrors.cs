namespace Granary.Venues.Binance;

/// <summary>
/// Sorts Binance's error answers by numeric code and HTTP status. The rule for what is not listed: 4xx is the sender's fault and has no effect,
/// 5xx says nothing about the outcome (Binance USDⓈ-M general information, HTTP return codes).
/// </summary>
public static class BinanceErrors
{
    /// <summary>Order does not exist (queries).</summary>
    public const int OrderMissing = -2013;

    /// <summary>The margin type is as asked for already.</summary>
    public const int MarginTypeUnchanged = -4046;

    /// <summary>The position mode is as asked for already.</summary>
    public const int PositionSideUnchanged = -4059;

    /// <summary>The multi-assets mode is as asked for already.</summary>
    public const int MultiAssetsUnchanged = -4171;

    /// <summary>Classifies an answer that is not a success.</summary>
    /// <param name="httpStatus">HTTP status code.</param>
    /// <param name="code">The code in the body, or 0 when the body has none (HTML of a proxy, an empty body).</param>
    public static BinanceErrorKind Classify(int httpStatus, int code) => code switch
    {
        // Internal error, disconnected, unexpected answer of the message bus, timeout of the backend: "execution status unknown".
        -1000 or -1001 or -1006 or -1007 => BinanceErrorKind.Unknown,
        // Weight, overload protection, order count: answered ahead of the matching engine.
        -1003 or -1008 or -1015 => BinanceErrorKind.NotSent,
        -1021 => BinanceErrorKind.ClockSkew,
        -1125 => BinanceErrorKind.ListenKeyGone,
        -4116 => BinanceErrorKind.Duplicate,
        _ => httpStatus switch
        {
            418 or 429 => BinanceErrorKind.NotSent,
            408 or >= 500 => BinanceErrorKind.Unknown,
            >= 300 => BinanceErrorKind.Reject,
            // A success status with an error code counts by its code; without one the answer is not what was asked for.
            _ => code < 0 ? BinanceErrorKind.Reject : BinanceErrorKind.Unknown,
        },
    };

    /// <summary>Whether a query that got this answer may be repeated.</summary>
    public static bool IsTransient(BinanceErrorKind kind) => kind is BinanceErrorKind.Unknown or BinanceErrorKind.NotSent;
}
