namespace Granary.Venues.Binance;

/// <summary>One REST request before it is signed. Deliberately not a record: its parameters must not be printed.</summary>
internal readonly struct RestCall(string method, string path, string parameters, CallSecurity security, int weight, bool isHistory = false)
{
    /// <summary>GET, POST, PUT or DELETE.</summary>
    public string Method => method;

    /// <summary>Path with its leading slash.</summary>
    public string Path => path;

    /// <summary>Percent-encoded parameters, without timestamp and signature.</summary>
    public string Parameters => parameters;

    /// <summary>What the request carries beside them.</summary>
    public CallSecurity Security => security;

    /// <summary>Request weight.</summary>
    public int Weight => weight;

    /// <summary>Whether it is one of many for past data, and so the least urgent.</summary>
    public bool IsHistory => isHistory;

    /// <summary>Method and path.</summary>
    public override string ToString() => $"{method} {path}";
}
