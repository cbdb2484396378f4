namespace Orleans.Configuration;

/// <summary>How calls behave in a silo.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>
    /// Most calls that may wait at one activation; default 10,000; 0 means no limit. A call over it fails with <see cref="Runtime.LimitExceededException"/>,
    /// a one-way call over it is dropped and counted. Microsoft Orleans' default is 0.
    /// </summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; } = 10_000;
}
