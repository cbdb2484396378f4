using System.Globalization;
using System.Text;
using System.Text.Json;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.Protocol;
using Granary.Exchange.Tests.Doubles;
using Granary.Exchange.Tests.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Exchange.Tests.Conditional;

/// <summary>A real exchange on an empty book with both protocols; account a asks, account b is the market.</summary>
internal sealed class DeskRig : IDisposable
{
    private readonly StreamSession _user;

    public DeskRig(ExchangeOptions? options = null)
    {
        Streams = new StreamProtocol(new StreamOptions());
        Exchange = new ExchangeCore(
            options ?? Exchanges.TwoAccounts, _ => new EmptyBookMarket(100m), Streams, Time, NullLogger<ExchangeCore>.Instance);
        Streams.Attach(Exchange);
        Rest = new RestProtocol(Exchange, Streams, new RestOptions { AccountNames = ["a", "b"] });
        using var key = JsonDocument.Parse(Rest.Handle(new RestCall("POST", "/fapi/v1/listenKey", "", "", "key-a", "local")).Body);
        _user = Streams.Open("/private/ws?listenKey=" + key.RootElement.GetProperty("listenKey").GetString());
    }

    public ManualTime Time { get; } = new(1_700_000_000_000);

    public StreamProtocol Streams { get; }

    public ExchangeCore Exchange { get; }

    public RestProtocol Rest { get; }

    public RestReply Reply(string method, string path, string parameters)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{parameters}&timestamp={Exchange.ServerTimeMs}");
        return Rest.Handle(new RestCall(method, path, $"{text}&signature={ProtocolRig.Sign("secret-a", text)}", "", "key-a", "local"));
    }

    public JsonElement Ask(string method, string path, string parameters)
    {
        var reply = Reply(method, path, parameters);
        reply.Status.ShouldBe(200, ProtocolRig.Text(reply));
        using var json = JsonDocument.Parse(reply.Body);
        return json.RootElement.Clone();
    }

    public int Refusal(string method, string path, string parameters) => ProtocolRig.Code(Reply(method, path, parameters));

    /// <summary>Everything that the account's user stream has told since the last call.</summary>
    public List<JsonElement> Told() =>
        [.. ProtocolRig.Drain(_user).Select(frame =>
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(frame));
            return json.RootElement.Clone();
        })];

    /// <summary>Statuses of the ALGO_UPDATE events since the last call.</summary>
    public string[] Algo() => [.. Told().Where(e => e.GetProperty("e").GetString() == "ALGO_UPDATE").Select(e => e.GetProperty("o").GetProperty("X").GetString()!)];

    /// <summary>Account b quotes both sides around a price.</summary>
    public void Quote(decimal bid, decimal ask, decimal quantity = 10)
    {
        Exchange.CancelAll("b", Exchanges.Symbol);
        Exchange.Place("b", Exchanges.Limit(OrderSide.Buy, bid, quantity));
        Exchange.Place("b", Exchanges.Limit(OrderSide.Sell, ask, quantity));
    }

    /// <summary>Prints a trade at a price: b's resting bid is hit by a.</summary>
    public void TradeAt(decimal price)
    {
        Exchange.CancelAll("b", Exchanges.Symbol);
        Exchange.Place("b", Exchanges.Limit(OrderSide.Buy, price, 0.1m));
        Exchange.Place("a", Exchanges.Limit(OrderSide.Sell, price, 0.1m, TimeInForce.Ioc));
    }

    public void Dispose()
    {
        _user.Dispose();
        Exchange.Dispose();
    }
}
