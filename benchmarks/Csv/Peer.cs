using System.Diagnostics;
using System.Globalization;

namespace Granary.Csv;

/// <summary>A Python script with a function <c>load(path, tick, lot)</c> that turns a tape into columns; kept running, so that its compilation is not timed.</summary>
internal sealed class Peer : IDisposable
{
    // Reads paths from the input and answers with rows, seconds and seconds of processor time.
    private const string Driver = """
        import os, sys, time
        sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[1])))
        peer = __import__(os.path.splitext(os.path.basename(sys.argv[1]))[0])
        for line in sys.stdin:
            start, work = time.perf_counter(), time.process_time()
            rows = len(peer.load(line.strip(), int(sys.argv[2]), int(sys.argv[3]))['id'])
            print(rows, time.perf_counter() - start, time.process_time() - work, flush=True)
        """;

    private readonly Process _process;

    public Peer(string python, string script, int tickDecimals, int lotDecimals)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "-B", "-c", Driver, script, tickDecimals.ToString(CultureInfo.InvariantCulture), lotDecimals.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        // Compiled code must not be written beside the script.
        start.Environment["NUMBA_CACHE_DIR"] = Path.Combine(Path.GetTempPath(), "granary-csv-peer");
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start");
    }

    /// <summary>Loads the file once.</summary>
    public (long Rows, Cost Cost) Load(string path)
    {
        _process.StandardInput.WriteLine(path);
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine()?.Split(' ') ?? throw new InvalidOperationException("the peer ended; its message is above");
        return (long.Parse(answer[0], CultureInfo.InvariantCulture), new Cost(Number(answer[1]), Number(answer[2])));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(TimeSpan.FromSeconds(10));
        _process.Dispose();
    }
}
