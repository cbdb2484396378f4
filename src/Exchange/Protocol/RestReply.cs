namespace Granary.Exchange.Protocol;

/// <summary>An HTTP answer. Headers that do not apply are -1 and are not sent.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="UsedWeight1m">X-MBX-USED-WEIGHT-1M: request weight that the client address used in the running minute.</param>
/// <param name="OrderCount10s">X-MBX-ORDER-COUNT-10S: orders of the account in the running ten seconds; on answers to order placement.</param>
/// <param name="OrderCount1m">X-MBX-ORDER-COUNT-1M: orders of the account in the running minute; on answers to order placement.</param>
/// <param name="RetryAfterS">Retry-After in seconds; with statuses 429 and 418.</param>
public sealed record RestReply(
    int Status, ReadOnlyMemory<byte> Body, int UsedWeight1m = -1, int OrderCount10s = -1, int OrderCount1m = -1, int RetryAfterS = -1)
{
    /// <summary>Media type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether the connection is cut instead of answering (a fault).</summary>
    public bool IsLost { get; init; }

    /// <summary>How long the answer is held back (a fault), milliseconds.</summary>
    public int DelayMs { get; init; }
}
