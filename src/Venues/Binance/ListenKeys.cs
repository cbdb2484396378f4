namespace Granary.Venues.Binance;

/// <summary>The requests that create, prolong and close the key of the user stream. They need the API key but no signature.</summary>
internal sealed class ListenKeys(BinanceRest rest)
{
    private const string Path = "/fapi/v1/listenKey";

    /// <summary>A key that lives 60 minutes; the same one again while it lives.</summary>
    public ValueTask<string> CreateAsync(CancellationToken cancellationToken) =>
        rest.QueryAsync(new RestCall("POST", Path, "", CallSecurity.Key, 1), RestDecoder.ListenKey, cancellationToken);

    /// <summary>Prolongs a key by 60 minutes; -1125 when it is gone.</summary>
    public async ValueTask ProlongAsync(string key, CancellationToken cancellationToken) =>
        await rest.QueryAsync(new RestCall("PUT", Path, Parameters(key), CallSecurity.Key, 1), static _ => true, cancellationToken);

    /// <summary>Closes a key, for every process that uses it.</summary>
    public async ValueTask CloseAsync(string key, CancellationToken cancellationToken) =>
        await rest.QueryAsync(new RestCall("DELETE", Path, Parameters(key), CallSecurity.Key, 1), static _ => true, cancellationToken);

    private static string Parameters(string key) => new QueryText().Add("listenKey", key).ToString();
}
