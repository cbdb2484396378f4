namespace Granary.Exchange.Protocol;

/// <summary>Listen keys of the user data streams: a key is demanded, no signature.</summary>
internal sealed class RestListenKeyEndpoints(StreamProtocol streams)
{
    public void AddTo(Dictionary<(string, string), RestRoute> routes)
    {
        Add("POST", c => Key(c, streams.OpenListenKey(c.Account, c.NowMs)));
        Add("PUT", c => Key(c, streams.ExtendListenKey(c.Account, c.Parameters.Find("listenKey"), c.NowMs) ?? throw VenueErrors.UnknownListenKey()));
        Add("DELETE", c =>
        {
            if (!streams.CloseListenKey(c.Account, c.NowMs)) throw VenueErrors.UnknownListenKey();
            c.Writer.BeginObject().EndObject();
        });

        void Add(string method, Action<RestRequestContext> answer) =>
            routes.Add((method, "/fapi/v1/listenKey"), new RestRoute(RestSecurity.ApiKey, _ => 1, false, answer));
    }

    private static void Key(RestRequestContext c, string key) => c.Writer.BeginObject().Name("listenKey"u8).Text(key).EndObject();
}
