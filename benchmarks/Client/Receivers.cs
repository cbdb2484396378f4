using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Client.Benchmarks;

/// <summary>What one receiver did with all frames.</summary>
/// <param name="PerSecond">Frames a second from the first to the last.</param>
/// <param name="BytesPerFrame">Bytes allocated by the whole process a frame over the last nine tenths; null when not known.</param>
internal sealed record Reception(double PerSecond, double? BytesPerFrame);

/// <summary>The receivers: each counts the frames that reached its caller.</summary>
internal static class Receivers
{
    /// <summary>The floor: ClientWebSocket into one buffer, and nothing done with the bytes.</summary>
    public static async Task<Reception> BareAsync(int port, string symbol, int total, TimeProvider time)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/market/stream"), CancellationToken.None);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes($"{{\"method\":\"SUBSCRIBE\",\"params\":[\"{symbol.ToLowerInvariant()}@aggTrade\"],\"id\":1}}"), WebSocketMessageType.Text,
            true,
            CancellationToken.None);
        var buffer = new byte[64 * 1024];
        await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        var tally = new Tally(total, time);
        while (!tally.IsDone)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (result.EndOfMessage) tally.Count();
        }
        return tally.Reception;
    }

    /// <summary>The engine's client: subscribed, decoded, watched, handed to the handler as typed trades.</summary>
    public static async Task<Reception> OwnAsync(int port, string symbol, int total, TimeProvider time)
    {
        var options = BinanceUsdmOptions.BuiltIn($"http://127.0.0.1:{port}") with { SilenceTimeout = TimeSpan.FromHours(1) };
        using var client = BinanceUsdmClient.Connect(options, time, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var handler = new CountingHandler(new Tally(total, time));
        var running = client.RunAsync([symbol], handler, stop.Token);
        await handler.Done;
        await stop.CancelAsync();
        await running;
        return handler.Tally.Reception;
    }

    /// <summary>ccxt pro in a Node process, which prints its rate.</summary>
    public static async Task<Reception> CcxtAsync(string node, string script, string modules, string exchangeInfo, int port, string symbol, int total)
    {
        using var process = Process.Start(new ProcessStartInfo(node, [script, modules, exchangeInfo, port.ToString(CultureInfo.InvariantCulture), symbol,
            total.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? new Reception(double.Parse(text, CultureInfo.InvariantCulture), null)
            : throw new InvalidOperationException($"{script} ended with {process.ExitCode}: {text}");
    }

    private sealed class Tally(int total, TimeProvider time)
    {
        private int _count;
        private long _first;
        private long _last;
        private long _bytesAtTenth;
        private long _bytes;

        public bool IsDone => _count == total;

        public Reception Reception => new(
            (total - 1) / time.GetElapsedTime(_first, _last).TotalSeconds, (_bytes - _bytesAtTenth) / (0.9 * total));

        public void Count()
        {
            if (_count++ == 0) _first = time.GetTimestamp();
            else if (_count == total / 10) _bytesAtTenth = GC.GetTotalAllocatedBytes(true);
            else if (_count == total) (_last, _bytes) = (time.GetTimestamp(), GC.GetTotalAllocatedBytes(true));
        }
    }

    private sealed class CountingHandler(Tally tally) : IMarketDataHandler
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Tally Tally => tally;

        public Task Done => _done.Task;

        public void OnAggTrade(int symbolIndex, in AggTrade trade, long receivedTimestamp)
        {
            tally.Count();
            if (tally.IsDone) _done.TrySetResult();
        }

        public void OnBookTicker(int symbolIndex, in BookTicker ticker, long receivedTimestamp)
        {
        }

        public void OnDepth(int symbolIndex, in BookDiff diff, long receivedTimestamp)
        {
        }

        public void OnMarkPrice(int symbolIndex, in MarkPrice mark)
        {
        }

        public void OnReject(string reason, ReadOnlySpan<byte> frame) => _done.TrySetException(new InvalidDataException(reason));

        public void OnConnection(bool connected, string detail)
        {
            if (!connected) _done.TrySetException(new IOException(detail));
        }

        public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => default;
    }
}
