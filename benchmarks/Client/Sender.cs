using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Granary.Client.Benchmarks;

/// <summary>
/// A process of its own that pushes the frames to whoever subscribes to aggregate trades, as fast as they are taken. It answers the upgrade and every SUBSCRIBE
/// and reads nothing else, so that it costs as little as a server can.
/// </summary>
internal static partial class Sender
{
    private const int ChunkLength = 64 * 1024;

    /// <summary>Serves until the process is ended; prints its port first.</summary>
    public static void Run(RecordedFrames frames, int total)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        // Whole repetitions in one piece, so that a chunk is a slice and nothing is copied.
        while (true)
        {
            var socket = listener.Accept();
            new Thread(() => Serve(socket, frames, total)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(Socket socket, RecordedFrames frames, int total)
    {
        try
        {
            using (socket)
            {
                socket.NoDelay = true;
                using var stream = new NetworkStream(socket);
                var request = ReadHead(stream);
                var key = KeyPattern().Match(request).Groups[1].Value;
                var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
                stream.Write(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
                var isCombined = request.Split(' ')[1].Contains("/stream", StringComparison.Ordinal);
                while (ReadMessage(stream) is { } message)
                {
                    if (IdPattern().Match(message) is not { Success: true } id) continue;
                    using var answer = new MemoryStream();
                    RecordedFrames.Write(answer, $"{{\"result\":null,\"id\":{id.Groups[1].Value}}}");
                    stream.Write(answer.ToArray());
                    if (message.Contains("aggTrade", StringComparison.Ordinal)) Push(socket, isCombined ? frames.Combined : frames.Raw, frames.Count, total);
                }
            }
        }
        catch (IOException)
        {
            // The receiver has what it wants.
        }
        catch (SocketException)
        {
        }
    }

    private static void Push(Socket socket, byte[] frames, int count, int total)
    {
        for (var left = total; left > 0; left -= count)
        {
            var length = left >= count ? frames.Length : LengthOf(frames, left);
            for (var at = 0; at < length;) at += socket.Send(frames.AsSpan(at, Math.Min(ChunkLength, length - at)));
        }
    }

    private static int LengthOf(byte[] frames, int count)
    {
        var at = 0;
        for (; count > 0; count--) at += frames[at + 1] < 126 ? 2 + frames[at + 1] : 4 + ((frames[at + 2] << 8) | frames[at + 3]);
        return at;
    }

    private static string ReadHead(NetworkStream stream)
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)ReadByte(stream));
        return head.ToString();
    }

    /// <summary>The next text message of a client; null when it says goodbye.</summary>
    private static string? ReadMessage(NetworkStream stream)
    {
        Span<byte> mask = stackalloc byte[4];
        while (true)
        {
            var opcode = ReadByte(stream) & 0x0F;
            var length = ReadByte(stream) & 0x7F;
            if (length == 126) length = (ReadByte(stream) << 8) | ReadByte(stream);
            stream.ReadExactly(mask);
            var payload = new byte[length];
            stream.ReadExactly(payload);
            for (var i = 0; i < length; i++) payload[i] ^= mask[i & 3];
            if (opcode == 8) return null;
            if (opcode == 1) return Encoding.UTF8.GetString(payload);
        }
    }

    private static int ReadByte(NetworkStream stream) => stream.ReadByte() is >= 0 and var value ? value : throw new IOException("closed");

    [GeneratedRegex("(?i)Sec-WebSocket-Key: *([^\r]+)")]
    private static partial Regex KeyPattern();

    [GeneratedRegex("\"id\" *: *([0-9]+|\"[^\"]*\")")]
    private static partial Regex IdPattern();
}
