namespace Granary.Silo.Configuration.Binding;

/// <summary>
/// Addresses that this program listens on: plain http on the machine's own loopback. There is no transport security and reading needs no token, so nothing
/// else is allowed; from elsewhere one comes through a tunnel.
/// </summary>
public static class LoopbackUrl
{
    /// <summary>Pattern of such an address.</summary>
    public const string Pattern = @"http://(127\.0\.0\.1|localhost|\[::1\]):(0|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])/?";

    /// <summary>The same in words.</summary>
    public const string Words = "http address on loopback with a port";
}
