using System.Net.Sockets;
using System.Text.Json;
using Granary.Silo.Alerts;
using Granary.Silo.Alerts.Channels;
using Granary.Silo.Tests.Dashboard.Live;

namespace Granary.Silo.Tests.Alerts.Channels;

public sealed class WebhookChannelTests : IAsyncLifetime
{
    private const string Planted = "planted-T0-B0-xyz";

    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };
    private readonly ManualTime _time = new();
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync()
    {
        _handler.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_webhook_is_told_every_field()
    {
        await SendAsync(AlertChannelKind.Webhook);

        var (path, body) = _receiver.Received.ShouldHaveSingleItem();
        path.ShouldBe($"/{Planted}");
        var json = JsonElement.Parse(body);
        json.GetProperty("engine").GetString().ShouldBe("g1");
        json.GetProperty("state").GetString().ShouldBe("Firing");
        json.GetProperty("rule").GetString().ShouldBe("Disconnect");
        json.GetProperty("scope").GetString().ShouldBe("account main");
        json.GetProperty("severity").GetString().ShouldBe("Critical");
        json.GetProperty("text").GetString().ShouldBe("lost <&> \"quoted\"");
        json.GetProperty("count").GetInt64().ShouldBe(2);
        json.GetProperty("sinceMs").GetInt64().ShouldBe(1_000);
    }

    [Fact]
    public async Task Slack_is_told_in_its_form_with_its_markup_escaped()
    {
        await SendAsync(AlertChannelKind.Slack);

        var text = JsonElement.Parse(_receiver.Received.Single().Body).GetProperty("text").GetString()!;
        text.ShouldBe("[FIRING] Critical Disconnect, account main of g1: lost &lt;&amp;&gt; \"quoted\" (2 times), since 1970-01-01 00:00:01 UTC");
    }

    [Fact]
    public async Task Telegram_is_told_which_chat_and_has_to_say_ok()
    {
        _receiver.Answer = """{"ok":true,"result":{}}""";
        await SendAsync(AlertChannelKind.Telegram);
        var json = JsonElement.Parse(_receiver.Received.Single().Body);
        json.GetProperty("chat_id").GetString().ShouldBe("-100123");
        json.GetProperty("text").GetString()!.ShouldContain("Disconnect");

        _receiver.Answer = """{"ok":false}""";
        (await Should.ThrowAsync<AlertChannelException>(SendAsync(AlertChannelKind.Telegram))).Message.ShouldBe("it answered ok False");
    }

    [Fact]
    public async Task DingTalk_is_signed_as_its_documentation_says_and_has_to_say_0()
    {
        _receiver.Answer = """{"errcode":0,"errmsg":"ok"}""";
        await SendAsync(AlertChannelKind.DingTalk, "?access_token=abc", "SECplanted");
        var (path, body) = _receiver.Received.Single();

        // HMAC-SHA256 of "1723161600000\nSECplanted" with the key SECplanted, Base64, as a query: computed with openssl.
        path.ShouldBe($"/{Planted}?access_token=abc&timestamp=1723161600000&sign={DingTalkSign}");
        var json = JsonElement.Parse(body);
        json.GetProperty("msgtype").GetString().ShouldBe("text");
        json.GetProperty("text").GetProperty("content").GetString()!.ShouldContain("Disconnect");

        foreach (var answer in new[] { """{"errcode":310000,"errmsg":"sign not match"}""", "{}", "<html>" })
        {
            _receiver.Answer = answer;
            await Should.ThrowAsync<AlertChannelException>(SendAsync(AlertChannelKind.DingTalk));
        }
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(429, false)]
    [InlineData(404, true)]
    [InlineData(302, true)]
    public async Task A_refusal_says_the_status_and_never_the_address(int status, bool isFinal)
    {
        _receiver.Status = status;
        _receiver.OnAnswer = response =>
        {
            response.Headers.RetryAfter = "7";
            response.Headers.Location = $"{_receiver.Url}/elsewhere";
        };
        var failure = await Should.ThrowAsync<AlertChannelException>(SendAsync(AlertChannelKind.Webhook));

        failure.Message.ShouldBe($"it answered {status}");
        failure.IsFinal.ShouldBe(isFinal);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        _receiver.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_named_by_nothing()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var channel = Channel(AlertChannelKind.Webhook, $"http://127.0.0.1:{port}/{Planted}", "");

        var failure = await Should.ThrowAsync<AlertChannelException>(channel.SendAsync(Notice(), CancellationToken.None));
        failure.ToString().ShouldNotContain(Planted);
        failure.ToString().ShouldNotContain($"{port}");
        failure.IsFinal.ShouldBeFalse();
    }

    [Fact]
    public void An_address_shows_nothing_of_itself() => new AlertAddress(new Uri($"https://x.example/{Planted}"), Planted).ToString().ShouldBe("***");

    private const string DingTalkSign = "Y63TTfpPHcQvS2nGZBOqhHkP9CQ%2BN2yoVH2tJtbMi8w%3D";

    private Task SendAsync(AlertChannelKind kind, string query = "", string key = "") =>
        Channel(kind, $"{_receiver.Url}/{Planted}{query}", key).SendAsync(Notice(), CancellationToken.None);

    private WebhookChannel Channel(AlertChannelKind kind, string url, string key) =>
        new("hook", kind, new AlertAddress(new Uri(url), key), "-100123", "g1", new HttpMessageInvoker(_handler, disposeHandler: false), _time);

    private static AlertNotice Notice() => new(AlertState.Firing, "Disconnect", "account main", AlertSeverity.Critical, "lost <&> \"quoted\"", 2, 1_000, 2_000);
}
