namespace Granary.Exchange.Protocol;

/// <summary>What the built-in exchange does not have, answered with the venue's form of "off" or "none", because clients read it.</summary>
internal static class RestFixedEndpoints
{
    public static void AddTo(Dictionary<(string, string), RestRoute> routes, RestOptions options)
    {
        Market("/fapi/v1/indexInfo", "[]");
        Market("/fapi/v1/assetIndex", "[]");
        Market("/fapi/v1/constituents", """{"symbol":"","time":0,"constituents":[]}""");
        Market("/fapi/v1/insuranceBalance", """{"symbols":[],"assets":[]}""");
        foreach (var name in (ReadOnlySpan<string>)
        [
            "openInterestHist", "topLongShortAccountRatio", "topLongShortPositionRatio", "globalLongShortAccountRatio", "takerlongshortRatio", "basis",
        ]) Market("/futures/data/" + name, "[]");
        Account("GET", "/fapi/v1/apiTradingStatus", 10, """{"indicators":{},"updateTime":0}""");
        routes.Add(("GET", "/fapi/v1/rateLimit/order"), new RestRoute(RestSecurity.Signed, _ => 1, false, c =>
        {
            c.Writer.BeginArray();
            Limit(c.Writer, "SECOND", 10, options.OrdersPer10sMax);
            Limit(c.Writer, "MINUTE", 1, options.OrdersPerMinuteMax);
            c.Writer.EndArray();
        }));
        routes.Add(("POST", "/fapi/v1/multiAssetsMargin"), new RestRoute(RestSecurity.Signed, _ => 1, false, c => StaysOff(c, "multiAssetsMargin")));
        routes.Add(("POST", "/fapi/v1/feeBurn"), new RestRoute(RestSecurity.Signed, _ => 1, false, c => StaysOff(c, "feeBurn")));

        void Market(string path, string json) => routes.Add(("GET", path), Fixed(RestSecurity.None, 1, json));
        void Account(string method, string path, int weight, string json) => routes.Add((method, path), Fixed(RestSecurity.Signed, weight, json));
    }

    private static RestRoute Fixed(RestSecurity security, int weight, string json)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(json);
        return new RestRoute(security, _ => weight, false, c => c.Writer.Value(bytes));
    }

    private static void Limit(WireWriter w, string interval, int number, int limit) => w.BeginObject()
        .Name("rateLimitType"u8).Value("\"ORDERS\""u8).Name("interval"u8).Text(interval).Name("intervalNum"u8).Number((long)number)
        .Name("limit"u8).Number((long)(limit == 0 ? int.MaxValue : limit)).EndObject();

    /// <summary>Switching off what is off succeeds; switching it on is not valid here.</summary>
    private static void StaysOff(RestRequestContext c, string name)
    {
        if (c.Parameters.FindBool(name) ?? throw VenueErrors.MandatoryParameter(name)) throw VenueErrors.InvalidParameter(name);
        c.Writer.BeginObject().Name("code"u8).Number(200).Name("msg"u8).Value("\"success\""u8).EndObject();
    }
}
