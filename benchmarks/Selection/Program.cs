using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Granary.Engine.Market;
using Granary.Engine.Selection;
using Granary.Selection;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: Selection PEER_SCRIPT HOURLY_ZIP [SYMBOLS 500] [CANDLES 1500] [ROUNDS 5] [PYTHON /usr/bin/python3]");
    return 2;
}
int Number(int place, int fallback) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : fallback;
var (symbols, candles, rounds) = (Number(2, 500), Number(3, 1_500), Number(4, 5));
var python = args.Length > 5 ? args[5] : "/usr/bin/python3";
var file = Path.GetTempFileName();
try
{
    Python(Path.Combine(AppContext.BaseDirectory, "dump.py"), args[0], args[1], $"{symbols}", $"{candles}", "3", file);
    var universe = Universe.Load(file, candles);
    var matrix = new CandleMatrix(universe.Names, universe.High, universe.Low, universe.Close, universe.QuoteVolume);
    List<double> ownMs = [], peerMs = [], wideMs = [];
    var positions = "";
    for (var round = 0; round < rounds; round++)
    {
        // In turns, so that both feel the same neighbours.
        ownMs.Add(Median(200, () => positions = FromArrays(matrix)));
        var peer = Python(args[0], args[1], "--symbols", $"{symbols}", "--candles", $"{candles}", "--repeat", "20");
        peerMs.Add(MedianOf(peer, "matrix"));
        wideMs.Add(MedianOf(peer, "wide pandas"));
        var expected = Regex.Match(peer, "same positions: True (?<list>.*)").Groups["list"].Value.Trim();
        if (expected != positions) throw new InvalidOperationException($"positions differ\npeer {expected}\nown  {positions}");
    }
    Console.WriteLine($"{symbols} symbols x {candles} candles, positions equal to the peer's in every round");
    Console.WriteLine($"from arrays            {Mid(ownMs),9:0.000} ms");
    Console.WriteLine($"numpy matrix           {Mid(peerMs),9:0.000} ms   {Mid(peerMs) / Mid(ownMs):0.0} times as long");
    Console.WriteLine($"wide pandas            {Mid(wideMs),9:0.000} ms   {Mid(wideMs) / Mid(ownMs):0.0} times as long");
    Live(universe);
    return 0;
}
finally
{
    File.Delete(file);
}

static string FromArrays(CandleMatrix matrix)
{
    var (factor, change, volume) = (matrix.MtmAtrMean(120), matrix.ChgPctMax(24), matrix.Volume(24));
    var closes = matrix.LastCloses;
    var rows = new SelectionRow[matrix.Symbols.Count];
    for (var i = 0; i < rows.Length; i++)
        rows[i] = new SelectionRow(matrix.Symbols[i], [factor[i]], [(decimal)change[i], (decimal)volume[i]], (decimal)closes[i], matrix.CandleCount, 0);
    return Allocate(0, rows);
}

// From the arrival of the last candle to the positions: every symbol takes its candle, all rows are gathered, selected and sized.
static void Live(Universe universe)
{
    const int steps = 300;
    var options = new SelectionOptions();
    var factors = universe.Names.Select(name => new SymbolFactors(name, options.Factors, options.Filters)).ToArray();
    var market = universe.Names.Select((_, s) => Enumerable.Range(0, universe.Candles).Select(i => CandleOf(universe, i, s)).ToArray()).ToArray();
    for (var i = 0; i < universe.Candles - steps; i++) for (var s = 0; s < factors.Length; s++) factors[s].Add(market[s][i]);
    var times = new List<double>();
    for (var i = universe.Candles - steps; i < universe.Candles; i++)
    {
        var start = TimeProvider.System.GetTimestamp();
        var rows = new SelectionRow[factors.Length];
        for (var s = 0; s < factors.Length; s++)
        {
            factors[s].Add(market[s][i]);
            rows[s] = factors[s].ToRow();
        }
        Allocate(rows[0].LastCandleMs, rows);
        times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
    }
    times.Sort();
    var (p50, p99, max) = (times[times.Count / 2], times[times.Count * 99 / 100], times[^1]);
    Console.WriteLine($"candle by candle, all {factors.Length} at once: p50 {p50:0.000} ms, p99 {p99:0.000} ms, max {max:0.000} ms");
}

static Kline CandleOf(Universe universe, int candle, int symbol)
{
    var at = (candle * universe.Names.Length) + symbol;
    var close = (decimal)universe.Close[at];
    return new Kline(
        (candle + 1) * 3_600_000L, close, (decimal)universe.High[at], (decimal)universe.Low[at], close, 1, ((candle + 2) * 3_600_000L) - 1,
        (decimal)universe.QuoteVolume[at], 1, 0, 0);
}

static string Allocate(long runMs, SelectionRow[] rows)
{
    var options = new SelectionOptions();
    var selection = new Selector(options).Select(runMs, rows);
    var closes = selection.Shorts.Concat(selection.Longs).ToDictionary(pick => pick.Symbol, pick => pick.Row.Close);
    var targets = PositionSizer.Assign(selection, options, symbol => Universe.StepOf((double)closes[symbol]));
    return string.Join(' ', targets.Select(target => string.Create(
        CultureInfo.InvariantCulture, $"{(target.Side == SelectionSide.Short ? "SHORT" : "LONG")}:{target.Symbol}:{target.Quantity}")));
}

static double Median(int count, Action run)
{
    var times = new List<double>();
    for (var i = 0; i < count; i++)
    {
        var start = TimeProvider.System.GetTimestamp();
        run();
        times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
    }
    return Mid(times[(count / 4)..]);
}

static double Mid(List<double> times) => times.Order().ElementAt(times.Count / 2);

static double MedianOf(string output, string label) => double.Parse(
    Regex.Match(output, $"^{label}.*median\\s+(?<ms>[\\d.]+)", RegexOptions.Multiline).Groups["ms"].Value, CultureInfo.InvariantCulture);

string Python(params string[] arguments)
{
    var start = new ProcessStartInfo(python) { RedirectStandardOutput = true };
    foreach (var argument in arguments) start.ArgumentList.Add(argument);
    using var process = Process.Start(start)!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{arguments[0]} ended with exit code {process.ExitCode}");
}
