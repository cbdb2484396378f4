using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Granary.Exchange.Contracts;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Tests.Protocol;

/// <summary>A fake exchange with both protocols on it, and a client's hand to sign with.</summary>
internal sealed class ProtocolRig
{
    public ProtocolRig(RestOptions? rest = null, StreamOptions? streams = null)
    {
        Streams = new StreamProtocol(streams ?? new StreamOptions());
        Streams.Attach(Exchange);
        Rest = new RestProtocol(Exchange, Streams, rest ?? new RestOptions { AccountNames = ["main"] });
    }

    public FakeExchange Exchange { get; } = new();

    public StreamProtocol Streams { get; }

    public RestProtocol Rest { get; }

    public static string Sign(string secret, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    public static string Text(RestReply reply) => Encoding.UTF8.GetString(reply.Body.Span);

    public RestReply Call(string method, string path, string query = "", string body = "", string? key = null, string address = "127.0.0.1") =>
        Rest.Handle(new RestCall(method, path, query, body, key, address));

    /// <summary>An unsigned GET that must succeed.</summary>
    public string Get(string path, string query = "")
    {
        var reply = Call("GET", path, query);
        reply.Status.ShouldBe(200, Text(reply));
        return Text(reply);
    }

    /// <summary>A signed call with its parameters in the query.</summary>
    public RestReply Signed(string method, string path, string parameters = "", ExchangeAccount? account = null)
    {
        account ??= FakeExchange.Main;
        var stamp = string.Create(CultureInfo.InvariantCulture, $"timestamp={Exchange.ServerTimeMs}");
        var query = parameters.Length == 0 ? stamp : $"{parameters}&{stamp}";
        return Call(method, path, $"{query}&signature={Sign(account.ApiSecret, query)}", "", account.ApiKey);
    }

    /// <summary>A signed call that must succeed.</summary>
    public string SignedText(string method, string path, string parameters = "")
    {
        var reply = Signed(method, path, parameters);
        reply.Status.ShouldBe(200, Text(reply));
        return Text(reply);
    }

    /// <summary>The code of a refusal.</summary>
    public static int Code(RestReply reply)
    {
        using var json = JsonDocument.Parse(reply.Body);
        json.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["code", "msg"]);
        return json.RootElement.GetProperty("code").GetInt32();
    }

    /// <summary>Everything that a session has to send now.</summary>
    public static List<string> Drain(StreamSession session)
    {
        var frames = new List<string>();
        while (session.TryRead(out var frame)) frames.Add(Encoding.UTF8.GetString(frame.Span));
        return frames;
    }

    public static void Send(StreamSession session, string text) => session.Receive(Encoding.UTF8.GetBytes(text));
}
