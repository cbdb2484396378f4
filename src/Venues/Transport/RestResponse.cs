namespace Granary.Venues.Transport;

/// <summary>An HTTP answer.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="Body">The whole body.</param>
/// <param name="UsedWeight1m">Value of X-MBX-USED-WEIGHT-1M, or -1 when absent.</param>
/// <param name="RetryAfterS">Value of Retry-After in seconds, or -1 when absent.</param>
public sealed record RestResponse(int Status, ReadOnlyMemory<byte> Body, int UsedWeight1m = -1, int RetryAfterS = -1);
