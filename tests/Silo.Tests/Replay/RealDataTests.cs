using System.IO.Compression;
using System.Text;

namespace Granary.Silo.Tests.Replay;

/// <summary>Real trades through the exchange, its sockets and the engine: at the end the file, the exchange and the books agree.</summary>
public sealed class RealDataTests : IDisposable
{
    private const string Tape = "aggtrades/um-APEUSDT-aggTrades-2024-10-18.zip";
    private const string Capture = "ws-captures/um-btcusdt-2024-08-08_2354.gz";
    private const int CaptureLines = 40_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("granary-replay-").FullName;
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(2), TimeProvider.System);

    [SharedFileFact(Tape)]
    public async Task A_real_day_of_trades_ends_in_agreement()
    {
        using var silo = SiloProcess.Start(_folder, "replay", "--trades", SharedFiles.Find(Tape)!);
        var code = await silo.ExitCodeAsync(_timeout.Token);
        code.ShouldBe(0, silo.Output);
        silo.Output.ShouldContain("everything agrees; 45342 trades");
        Row(silo.Output, "APEUSDT trades").ShouldBe("45342");
        int.Parse(Row(silo.Output, "main/APEUSDT fills"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [SharedFileFact(Capture)]
    public async Task A_real_socket_capture_ends_in_agreement()
    {
        using var silo = SiloProcess.Start(_folder, "replay", "--capture", await BeginningAsync(), "--symbol", "BTCUSDT", "--volume-threshold", "1");
        var code = await silo.ExitCodeAsync(_timeout.Token);
        code.ShouldBe(0, silo.Output);
        silo.Output.ShouldContain("everything agrees");
        int.Parse(Row(silo.Output, "BTCUSDT volume bars"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(100);
    }

    public void Dispose()
    {
        _timeout.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The engine's column of a row of the table.</summary>
    private static string Row(string output, string name) =>
        output.Split('\n').Single(l => l.StartsWith(name + "  ", StringComparison.Ordinal))[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];

    /// <summary>The capture's first lines: enough to trade on, in a few seconds.</summary>
    private async Task<string> BeginningAsync()
    {
        var path = Path.Combine(_folder, "um-btcusdt-beginning.gz");
        using var source = new StreamReader(new GZipStream(File.OpenRead(SharedFiles.Find(Capture)!), CompressionMode.Decompress));
        await using var target = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest), new UTF8Encoding(false)) { NewLine = "\n" };
        for (var i = 0; i < CaptureLines && await source.ReadLineAsync(_timeout.Token) is { } line; i++) await target.WriteLineAsync(line);
        return path;
    }
}
