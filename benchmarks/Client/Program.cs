using System.Diagnostics;
using System.Globalization;
using Granary.Client.Benchmarks;

// How many recorded trades a second reach the caller over a loopback WebSocket: the engine's client, ccxt pro, and the bare receive loop of ClientWebSocket
// as the floor, all from the same sender, which is a process of its own. Usage:
//   client CAPTURE.gz [--frames 1000000] [--rounds 7] [--modules FOLDER --exchange-info FILE.json.gz] [--node node]
// --modules is a folder that holds node_modules with ccxt and ws (npm install ccxt ws); without it ccxt is not run. Each round runs each of them once.
var path = args.FirstOrDefault() is { } first && !first.StartsWith("--", StringComparison.Ordinal)
    ? first
    : throw new ArgumentException("give the path of a capture, for example um-btcusdt-2024-08-08_2354.gz");
var total = int.Parse(Argument("--frames", "1000000"), CultureInfo.InvariantCulture);
var frames = RecordedFrames.Load(path);
if (args.Contains("--serve"))
{
    Sender.Run(frames, total);
    return;
}
var rounds = int.Parse(Argument("--rounds", "7"), CultureInfo.InvariantCulture);
var modules = Argument("--modules", "");
var time = TimeProvider.System;
var ccxtTotal = Math.Min(total, 300_000);
using var sender = Serve(total);
using var ccxtSender = Serve(ccxtTotal);
try
{
    var port = int.Parse(sender.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    var ccxtPort = int.Parse(ccxtSender.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    // Compiled in its last tier before it is measured.
    for (var i = 0; i < 3; i++)
    {
        await Receivers.BareAsync(port, frames.Symbol, total, time);
        await Receivers.OwnAsync(port, frames.Symbol, total, time);
    }
    List<double> bare = [], own = [], ccxt = [], ofBare = [], ofCcxt = [];
    var bytes = 0.0;
    for (var round = 0; round < rounds; round++)
    {
        var floor = await Receivers.BareAsync(port, frames.Symbol, total, time);
        var mine = await Receivers.OwnAsync(port, frames.Symbol, total, time);
        bare.Add(floor.PerSecond);
        own.Add(mine.PerSecond);
        ofBare.Add(mine.PerSecond / floor.PerSecond);
        bytes = Math.Max(bytes, mine.BytesPerFrame!.Value);
        if (modules.Length == 0) continue;
        var script = Path.Combine(AppContext.BaseDirectory, "ccxt.mjs");
        var peer = await Receivers.CcxtAsync(Argument("--node", "node"), script, modules, Argument("--exchange-info", ""), ccxtPort, frames.Symbol, ccxtTotal);
        ccxt.Add(peer.PerSecond);
        ofCcxt.Add(mine.PerSecond / peer.PerSecond);
    }
    Print("bare ClientWebSocket", bare, "frames/s", 0);
    Print("this client", own, "trades/s", 0);
    Print("  of bare", ofBare, "", 2);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  allocated        {bytes:0.000} bytes a frame at most"));
    if (ccxt.Count == 0) return;
    Print("ccxt pro", ccxt, "trades/s", 0);
    Print("  times ccxt pro", ofCcxt, "", 1);
}
finally
{
    sender.Kill();
    ccxtSender.Kill();
}
return;

static void Print(string name, List<double> values, string unit, int decimals)
{
    values.Sort();
    var format = $"N{decimals}";
    var (low, middle, high) = (values[0], values[values.Count / 2], values[^1]);
    Console.WriteLine(
        $"{name,-22}{middle.ToString(format, CultureInfo.InvariantCulture),12} {unit} ({low.ToString(format, CultureInfo.InvariantCulture)}-{high.ToString(format, CultureInfo.InvariantCulture)})");
}

Process Serve(int count) => Process.Start(
    new ProcessStartInfo(Environment.ProcessPath!, [path, "--serve", "--frames",
        count.ToString(CultureInfo.InvariantCulture)])
    { RedirectStandardOutput = true })!;

string Argument(string name, string fallback)
{
    var i = Array.IndexOf(args, name);
    return i >= 0 && i + 1 < args.Length ? args[i + 1] : fallback;
}
