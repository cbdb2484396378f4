using System.Net.Sockets;
using System.Text;
using Granary.Exchange.Hosting;
using Granary.Exchange.Protocol;
using Granary.Exchange.Tests.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Exchange.Tests.Hosting;

/// <summary>Clients that misbehave at the level of TCP: a raw socket that upgrades and then stays silent.</summary>
public sealed class StreamSocketTests : IDisposable
{
    private readonly ProtocolRig _rig = new(streams: new StreamOptions { Overflow = StreamOverflow.Wait, QueueFramesMax = 64, ConflateAboveFrames = 0 });
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(20), TimeProvider.System);

    public void Dispose() => _deadline.Dispose();

    private async Task<ExchangeServer> ServeAsync(ExchangeServerOptions options)
    {
        var server = new ExchangeServer(_rig.Rest, _rig.Streams, options with { Url = "http://127.0.0.1:0" }, TimeProvider.System, NullLoggerFactory.Instance);
        await server.StartAsync(_deadline.Token);
        return server;
    }

    private async Task<NetworkStream> UpgradeAsync(Uri url)
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync("127.0.0.1", url.Port, _deadline.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                "GET /market/ws/btcusdt@aggTrade HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"),
            _deadline.Token);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _deadline.Token);
            head.Append((char)one[0]);
        }
        head.ToString().ShouldStartWith("HTTP/1.1 101");
        return stream;
    }

    [Fact]
    public async Task A_client_is_pinged_and_cut_when_it_does_not_answer()
    {
        await using var server = await ServeAsync(new ExchangeServerOptions
        {
            PingInterval = TimeSpan.FromMilliseconds(50),
            PongTimeout = TimeSpan.FromMilliseconds(150),
        });
        await using var stream = await UpgradeAsync(server.Url);
        var frame = new byte[2];
        await stream.ReadExactlyAsync(frame, _deadline.Token);
        (frame[0] & 0x0F).ShouldBe(9, "the first frame must be a ping");
        while (_rig.Streams.SessionCount > 0 && !_deadline.IsCancellationRequested) await Task.Yield();
        _rig.Streams.SessionCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_client_that_stops_reading_is_cut_and_the_market_goes_on()
    {
        await using var server = await ServeAsync(new ExchangeServerOptions { SendTimeout = TimeSpan.FromMilliseconds(200) });
        await using var stream = await UpgradeAsync(server.Url);
        var waits = 0;
        for (var i = 0; _rig.Streams.SessionCount > 0; i++)
        {
            var room = _rig.Streams.WaitForRoomAsync(_deadline.Token);
            if (!room.IsCompleted) waits++;
            await room;
            _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(i, i, 1m, 1m));
        }
        waits.ShouldBeGreaterThan(0);
    }
}
