using System.Diagnostics;

namespace Granary.Recovery;

/// <summary>One process of the silo's program, as the silo or as the exchange alone; it ends by SIGKILL and in no other way.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;

    private SiloProcess(Process process, StreamWriter log)
    {
        (_process, _log) = (process, log);
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>When it was started, by the stopwatch that every measurement uses.</summary>
    public long StartedAt { get; } = TimeProvider.System.GetTimestamp();

    /// <summary>Whether it ended by itself, which it must not.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it; what it prints is added to the log file.</summary>
    public static SiloProcess Start(string folder, string logFile, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Granary.Silo.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var log = new StreamWriter(Path.Combine(folder, logFile), append: true) { AutoFlush = true };
        return new SiloProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started"), log);
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        Write($"--- killed after {TimeProvider.System.GetElapsedTime(StartedAt).TotalSeconds:0.000} s");
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
        _log.Dispose();
    }

    private void Write(string? line)
    {
        if (line is null) return;
        lock (_log)
        {
            _log.WriteLine(line);
        }
    }
}
