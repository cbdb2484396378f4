using Granary.Silo.Configuration.Binding;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Operator.Access;

/// <summary>Who may do what at which address.</summary>
public sealed class AccessPolicy
{
    private static readonly string[] Loopback = ["127.0.0.1", "[::1]", "localhost"];

    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _readNeedsToken;

    /// <summary>Derives the policy of a valid configuration: an address that others can reach needs a token for everything but the dashboard's files.</summary>
    public AccessPolicy(OperatorSection options)
    {
        var url = new Uri(options.Url);
        _readNeedsToken = options.ReadNeedsToken || !url.IsLoopback;
        if (url.IsLoopback || OperatorUrl.IsAny(url)) _hosts.UnionWith(Loopback);
        if (!OperatorUrl.IsAny(url)) _hosts.Add(url.Host);
        _hosts.UnionWith(options.HostNames);
    }

    /// <summary>The names that requests may be addressed to, sorted.</summary>
    public string HostsInWords => string.Join(", ", _hosts.Order(StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a request may be addressed to this host: a page elsewhere can point its own name at this machine, and the name gives it away.</summary>
    public bool IsOwnHost(string host) => _hosts.Contains(host);

    /// <summary>
    /// The role that a request needs. Whatever is not a read is a command, known or not: an endpoint that is added later is protected without being told.
    /// </summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="isPage">Whether a file of the dashboard is asked for; those are the same for everybody and hold nothing of this silo.</param>
    public OperatorRole RoleFor(string method, bool isPage)
    {
        if (!IsRead(method)) return OperatorRole.Operate;
        return _readNeedsToken && !isPage ? OperatorRole.View : OperatorRole.None;
    }

    /// <summary>Whether a method only reads.</summary>
    public static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
