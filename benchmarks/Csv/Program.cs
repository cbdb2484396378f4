using System.Globalization;
using Granary.Csv;
using Granary.Engine.Market;
using Granary.Tape;

// How fast a tape of aggregate trades is read, on one core, every row checked. Usage:
//   csv read FILE... [--rounds N] [--peer SCRIPT --python PROGRAM] [--tick N --lot N]
// The peer is a Python script with load(path, tick, lot); each round runs every reader once, one after the other, so that the ratios are of one moment.
var files = args.Skip(1).TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
if (args.FirstOrDefault() != "read" || files.Count == 0)
{
    Console.Error.WriteLine("usage: csv read FILE... [--rounds N] [--peer SCRIPT --python PROGRAM] [--tick N --lot N]");
    return 2;
}
var rounds = Number("--rounds", 7);
using var peer = Text("--peer") is { } script ? new Peer(Text("--python") ?? "python3", script, Number("--tick", 1), Number("--lot", 3)) : null;
var buffer = new AggTrade[RowReader<AggTrade>.BlockRows];
foreach (var file in files)
{
    Print($"{Path.GetFileName(file)}, {new FileInfo(file).Length / 1e6:0.0} MB, medians of {rounds} rounds");
    var (blocks, singles, theirs) = (new List<Cost>(), new List<Cost>(), new List<Cost>());
    long rows = 0, bytes = 0;
    for (var round = -1; round < rounds; round++)
    {
        var one = Time(() => ReadBlocks(file), out rows, out var allocated);
        var two = Time(() => ReadSingles(file), out var again, out _);
        if (again != rows) throw new InvalidOperationException($"{again} rows one by one, {rows} in blocks");
        var third = default(Cost);
        if (peer is not null)
        {
            (var peerRows, third) = peer.Load(file);
            if (peerRows != rows) throw new InvalidOperationException($"the peer has {peerRows} rows, not {rows}");
        }
        // The first round compiles and fills the file cache.
        if (round < 0) continue;
        bytes = allocated;
        blocks.Add(one);
        singles.Add(two);
        theirs.Add(third);
    }
    Show($"blocks of {buffer.Length}", blocks, $", {bytes / 1e6:0.0} MB allocated");
    Show($"one by one", singles, $"");
    if (peer is null) continue;
    Show($"peer", theirs, $"");
    Print($"  peer : blocks, each round: wall {Ratios(c => c.Wall)}; processor {Ratios(c => c.Processor)}");

    void Show(FormattableString name, List<Cost> costs, FormattableString more) => Print(
        $"  {FormattableString.Invariant(name),-16} {rows / Median(costs, c => c.Wall) / 1e6,6:0.00} M rows/s, {rows / Median(costs, c => c.Processor) / 1e6,6:0.00} M rows per second of processor time{FormattableString.Invariant(more)}");

    string Ratios(Func<Cost, double> of)
    {
        var ratios = theirs.Zip(blocks, (t, b) => new Cost(of(t) / of(b), 0)).ToList();
        return FormattableString.Invariant($"{string.Join(' ', ratios.Select(r => r.Wall.ToString("0.00", CultureInfo.InvariantCulture)))}, median {Median(ratios, r => r.Wall):0.00}");
    }
}
return 0;

long ReadBlocks(string file)
{
    using var reader = new AggTradeReader(file);
    long rows = 0;
    for (int count; (count = reader.Read(buffer)) > 0;) rows += count;
    return rows;
}

long ReadSingles(string file)
{
    using var reader = new AggTradeReader(file);
    long rows = 0;
    while (reader.TryRead(out _)) rows++;
    return rows;
}

static Cost Time(Func<long> read, out long rows, out long bytes)
{
    GC.Collect();
    var before = GC.GetAllocatedBytesForCurrentThread();
    var (started, work) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
    rows = read();
    var cost = new Cost(TimeProvider.System.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - work).TotalSeconds);
    bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    return cost;
}

static double Median(List<Cost> costs, Func<Cost, double> of)
{
    var sorted = costs.Select(of).Order().ToList();
    return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}

string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;

int Number(string name, int fallback) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;

static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
