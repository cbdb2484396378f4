using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Granary.RestPlace;

/// <summary>Places signed orders one after the other at a rate, each timed alone. The floor is sent the same requests and ignores what is in them.</summary>
internal sealed class PacedClient(int rate) : IDisposable
{
    /// <summary>Resting orders of a symbol are bounded, so they are cancelled now and then; that is not timed.</summary>
    private const int OrdersBetweenCancels = 150;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan });

    public async Task<(double P50, double P99)> RunAsync(Uri url, int requests)
    {
        var ticks = new long[requests];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate), TimeProvider.System);
        for (var i = 0; i < requests; i++)
        {
            if (i % OrdersBetweenCancels == 0) await SendAsync(HttpMethod.Delete, new Uri(url, "/fapi/v1/allOpenOrders"), "symbol=BTCUSDT");
            await timer.WaitForNextTickAsync();
            ticks[i] = await SendAsync(
                HttpMethod.Post, new Uri(url, "/fapi/v1/order"),
                $"symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTX&quantity=0.010&price=62500.0&newClientOrderId=b-{url.Port}-{i}");
        }
        Array.Sort(ticks);
        return (Micro(ticks[requests / 2]), Micro(ticks[requests - 1 - (requests / 100)]));
    }

    public void Dispose() => _http.Dispose();

    private static double Micro(long ticks) => ticks * 1e6 / TimeProvider.System.TimestampFrequency;

    private async Task<long> SendAsync(HttpMethod method, Uri url, string parameters)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{parameters}&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Servers.Secret), Encoding.UTF8.GetBytes(text)));
        using var request = new HttpRequestMessage(method, url);
        request.Content = new StringContent($"{text}&signature={signature}", Encoding.ASCII, "application/x-www-form-urlencoded");
        request.Headers.Add("X-MBX-APIKEY", Servers.Key);
        var begin = TimeProvider.System.GetTimestamp();
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        var elapsed = TimeProvider.System.GetTimestamp() - begin;
        return answer.IsSuccessStatusCode ? elapsed : throw new InvalidOperationException($"{method} {url}: {Encoding.UTF8.GetString(body)}");
    }
}
