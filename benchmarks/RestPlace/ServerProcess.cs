using System.Diagnostics;

namespace Granary.RestPlace;

/// <summary>This program as a server, in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public static ServerProcess Start(string kind)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        // Through dotnet run the path is the program's; through "dotnet x.dll" the program's file comes first.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(kind);
        return new ServerProcess(Process.Start(start) ?? throw new InvalidOperationException("the server was not started"));
    }

    /// <summary>Where it listens: its first line.</summary>
    public async Task<Uri> UrlAsync() => new(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the server ended at once"));

    /// <summary>A server ends with its input.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000)) _process.Kill();
        _process.Dispose();
    }
}
