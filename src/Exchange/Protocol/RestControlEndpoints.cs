using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;

namespace Granary.Exchange.Protocol;

/// <summary>
/// What Binance does not have, so that a test need not wait for a day: POST /granary/v1/market with speed changes how fast the market goes, and
/// DELETE /granary/v1/sessions closes every socket as after 24 hours. No key is demanded: the exchange listens on loopback only.
/// </summary>
internal sealed class RestControlEndpoints(StreamProtocol streams, IMarketPace? pace)
{
    private const double SpeedMax = 1_000_000;

    public void AddTo(Dictionary<(string, string), RestRoute> routes)
    {
        routes.Add(("POST", "/granary/v1/market"), new RestRoute(RestSecurity.None, _ => 0, false, SetSpeed));
        routes.Add(("DELETE", "/granary/v1/sessions"), new RestRoute(RestSecurity.None, _ => 0, false, CloseSessions));
    }

    private void SetSpeed(RestRequestContext c)
    {
        var speed = (double)(c.Parameters.FindDecimal("speed") ?? throw VenueErrors.MandatoryParameter("speed"));
        if (speed is < 0 or > SpeedMax) throw VenueErrors.InvalidParameter("speed");
        if (pace is null) throw new ExchangeException(-5000, "The market of this exchange is paced by the process that it runs in");
        pace.Speed = speed;
        c.Writer.BeginObject().Name("speed"u8).Number((decimal)pace.Speed).Name("marketTime"u8).Number(c.Exchange.MarketTimeMs).EndObject();
    }

    private void CloseSessions(RestRequestContext c)
    {
        c.Writer.BeginObject().Name("closed"u8).Number((long)streams.SessionCount).EndObject();
        streams.CloseAll($"open for {streams.Options.SessionHoursMax} h");
    }
}
