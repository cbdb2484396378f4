using System.Net;

namespace Granary.Silo.Configuration.Binding;

/// <summary>Addresses that the operator API can listen on. A name instead of a number would make the server listen on every interface.</summary>
public static class OperatorUrl
{
    /// <summary>Pattern of such an address.</summary>
    public const string Pattern = @"https?://(localhost|([0-9]{1,3}\.){3}[0-9]{1,3}|\[[0-9A-Fa-f:.]+\]):(0|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])/?";

    /// <summary>The same in words.</summary>
    public const string Words = "http or https address with localhost or an IP number and a port";


    /// <summary>Whether the address stands for all of this machine's.</summary>
    public static bool IsAny(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
}
