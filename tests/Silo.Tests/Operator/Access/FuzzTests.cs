using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Granary.Silo.Operator;
using Granary.Silo.Tests.Hosting;

namespace Granary.Silo.Tests.Operator.Access;

/// <summary>A running silo under calls that nobody should send. GRANARY_FUZZ_CALLS asks for more of them than 10,000, GRANARY_FUZZ_SEED for others.</summary>
public sealed partial class FuzzTests : IDisposable
{
    private const int CallsDefault = 10_000;
    private const int Callers = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly SiloBench _bench = new();

    /// <summary>A version that the server does not speak is answered with 505, which is right.</summary>
    [GeneratedRegex("^HTTP/1.1 5(?!05)")]
    private static partial Regex Failure { get; }

    [Fact]
    public async Task Ten_thousand_fuzzed_calls_bring_no_5xx_no_leak_and_no_effect()
    {
        await using var silo = await _bench.StartActiveAsync("--Operator:QueriesPerSecondMax", "1000000", "--Operator:CommandsPerSecondMax", "1000000");
        var data = Path.Combine(_bench.Folder, "data");
        var url = new Uri(silo.OperatorUrl);
        string[] secrets =
        [
            (await File.ReadAllTextAsync(Path.Combine(data, "operator.token"))).Trim(), (await File.ReadAllTextAsync(Path.Combine(data, "view.token"))).Trim(),
            "granary-test-key", "granary-test-secret", data, "   at Granary", "Exception: ", "root:",
        ];
        var statuses = new Dictionary<string, int>();
        var wrong = new List<string>();

        await Parallel.ForEachAsync(Enumerable.Range(0, Callers), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (caller, _) =>
        {
            var calls = new FuzzedCalls(Setting("GRANARY_FUZZ_SEED", 1) + caller, url.Authority, secrets[1]);
            for (var i = 0; i < Setting("GRANARY_FUZZ_CALLS", CallsDefault) / Callers; i++)
            {
                var call = calls.Next();
                var answer = await AskAsync(url, call);
                lock (wrong)
                {
                    var status = answer.Length >= 12 ? answer[9..12] : "none";
                    statuses[status] = statuses.GetValueOrDefault(status) + 1;
                    if (Failure.IsMatch(answer) || secrets.Any(secret => answer.Contains(secret, StringComparison.Ordinal)))
                        wrong.Add($"{Encoding.UTF8.GetString(call, 0, Math.Min(call.Length, 400))}\n=> {answer[..Math.Min(answer.Length, 400)]}");
                }
            }
        });

        wrong.ShouldBeEmpty();

        // The calls went deep enough to mean something: answered, refused for every reason there is.
        foreach (var status in new[] { "200", "400", "401", "403", "404" }) statuses.GetValueOrDefault(status).ShouldBeGreaterThan(100, status);
        (await SiloBench.Risk(silo).GetView()).State.ShouldBe("Active");
        (await SiloBench.Journal(silo).GetIncidentsAsync(1_000)).ShouldNotContain(incident => incident.Kind == OperatorCommands.IncidentKind);
        using var http = new HttpClient();
        (await http.GetAsync(url + "api/v1/status")).IsSuccessStatusCode.ShouldBeTrue();
    }

    public void Dispose() => _bench.Dispose();

    private static int Setting(string name, int value) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : value;

    /// <summary>The beginning of the answer, which for a live stream has no end.</summary>
    private static async Task<string> AskAsync(Uri url, byte[] call)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(url.Host, url.Port);
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        var length = 0;
        try
        {
            await stream.WriteAsync(call);

            // What has no end gets no answer either. Closing this side would tell the server that nobody waits for one.
            using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
            int read;
            while (length < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(length), patience.Token)) > 0)
            {
                length += read;
                if (Encoding.ASCII.GetString(buffer, 0, length).Contains("text/event-stream", StringComparison.Ordinal)) break;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // A server may hang up on such callers.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
