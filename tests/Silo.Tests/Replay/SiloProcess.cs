using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Granary.Silo.Tests.Replay;

/// <summary>A silo in a process of its own, as an operator would start it.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly string _exchangeUrl;

    private SiloProcess(Process process, string exchangeUrl)
    {
        _process = process;
        _exchangeUrl = exchangeUrl;
        process.OutputDataReceived += (_, e) => Append(e.Data);
        process.ErrorDataReceived += (_, e) => Append(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts a silo on free ports; arguments of the same names go before that.</summary>
    public static SiloProcess Start(string folder, params string[] args)
    {
        var exchangeUrl = $"http://127.0.0.1:{FreePort()}";
        var command = args is ["replay", ..] ? 1 : 0;
        string[] addresses = ["--Journal:Path", folder, "--Exchange:Url", exchangeUrl, "--Operator:Url", "http://127.0.0.1:0"];
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var arg in (string[])[Path.Combine(AppContext.BaseDirectory, "Granary.Silo.dll"), .. args[..command], .. addresses, .. args[command..]])
            start.ArgumentList.Add(arg);
        return new SiloProcess(Process.Start(start)!, exchangeUrl);
    }

    /// <summary>Waits until the exchange has printed that many trades, or the process has ended.</summary>
    public async Task UntilTradesAsync(long trades, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        while (!_process.HasExited)
        {
            try
            {
                using var state = JsonDocument.Parse(await http.GetStringAsync($"{_exchangeUrl}/granary/v1/state", cancellationToken));
                if (state.RootElement.GetProperty("progress").GetProperty("trades").GetInt64() >= trades) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet, or not any more.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Waits until the silo has said something, or has ended.</summary>
    public async Task UntilSaidAsync(string text, CancellationToken cancellationToken)
    {
        while (!_process.HasExited && !Output.Contains(text, StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
    }

    /// <summary>
    /// SIGINT, as Ctrl-C sends it; SIGTERM where a shell started this test in the background, because a program inherits from it that SIGINT is ignored.
    /// </summary>
    public async Task InterruptAsync()
    {
        var signal = await IgnoresInterruptAsync() ? "-TERM" : "-INT";
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    public async Task<int> ExitCodeAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<bool> IgnoresInterruptAsync()
    {
        const long Interrupt = 1L << (2 - 1);
        var status = $"/proc/{_process.Id}/status";
        if (!File.Exists(status)) return false;
        var ignored = (await File.ReadAllLinesAsync(status)).First(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
        return (long.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Append(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }
}
