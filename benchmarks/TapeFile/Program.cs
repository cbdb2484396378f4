using System.Globalization;
using Granary.Engine.Market;
using Granary.Tape;
using Granary.Tape.Columnar;

// Columnar tapes against the csv that they are made from, on one core. Usage:
//   tapefile FILE [FILE...] [--rounds N]     csv, csv.gz or zip of aggregate trades
// Printed is the median round in seconds of processor time, which other programs on the machine disturb less than those of the clock.
var rounds = Argument("--rounds", 9);
var files = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
if (files.Count == 0)
{
    Console.Error.WriteLine("usage: tapefile FILE [FILE...] [--rounds N]; the files are csv, csv.gz or zip of aggregate trades");
    return 2;
}

var folder = Directory.CreateTempSubdirectory("granary-tapefile-").FullName;
try
{
    foreach (var file in files) Measure(file);
}
finally
{
    Directory.Delete(folder, recursive: true);
}
return 0;

void Measure(string file)
{
    var tape = Path.Combine(folder, "rows" + ColumnarTape.Extension);
    var trades = AggTradeTape.Read(file).ToArray();
    var expected = ((long)trades.Length, trades.Sum(t => t.QuantityE8));
    var write = Median(rounds, () => ColumnarTape.Write(tape, "BTCUSDT", trades));
    var text = Median(Math.Min(rounds, 3), () => Check(expected, ReadText(file)));
    var rows = Median(rounds, () => Check(expected, ReadRows(tape)));
    var columns = Median(rounds, () => Check(expected, ReadColumns(tape)));
    using var reader = new ColumnarReader<AggTrade>(tape);
    var random = new Random(7);
    const int Seeks = 20_000;
    var seek = Median(rounds, () =>
    {
        for (var i = 0; i < Seeks; i++)
        {
            reader.SeekId(trades[random.Next(trades.Length)].Id);
            reader.ReadColumns(out _);
        }
    });
    var bytes = new FileInfo(tape).Length;
    Print($"{Path.GetFileName(file)}: {trades.Length} trades, {new FileInfo(file).Length / (double)trades.Length:0.00} bytes a trade; tape {bytes / (double)trades.Length:0.00}");
    Print($"  write               {trades.Length / write / 1e6,8:0.0} M trades/s");
    Print($"  read the file given {trades.Length / text / 1e6,8:0.0} M trades/s");
    Print($"  read the tape       {trades.Length / rows / 1e6,8:0.0} M trades/s, {text / rows:0} times the file given");
    Print($"  two columns         {trades.Length / columns / 1e6,8:0.0} M trades/s");
    Print($"  seek an id          {seek / Seeks * 1e6,8:0.0} us");
}

static (long Rows, long Sum) ReadText(string file)
{
    using var reader = new AggTradeReader(file);
    long rows = 0, sum = 0;
    while (reader.TryRead(out var trade))
    {
        rows++;
        sum += trade.QuantityE8;
    }
    return (rows, sum);
}

static (long Rows, long Sum) ReadRows(string file)
{
    using var reader = new ColumnarReader<AggTrade>(file);
    long rows = 0, sum = 0;
    while (reader.Read(out var trades))
    {
        rows += trades.Length;
        foreach (ref readonly var trade in trades) sum += trade.QuantityE8;
    }
    return (rows, sum);
}

// Price and quantity: what a volume profile needs.
static (long Rows, long Sum) ReadColumns(string file)
{
    using var reader = new ColumnarReader<AggTrade>(file);
    long rows = 0, sum = 0;
    while (reader.ReadColumns(out var block))
    {
        var scale = (long)Math.Pow(10, 8 - block.Places(3));
        rows += block.Integers(2).Length;
        foreach (var quantity in block.Integers(3)) sum += quantity * scale;
    }
    return (rows, sum);
}

static void Check((long Rows, long Sum) expected, (long Rows, long Sum) read)
{
    if (read != expected) throw new InvalidDataException("what was read is not what was written");
}

double Median(int count, Action run)
{
    run();
    var seconds = new double[count];
    for (var i = 0; i < count; i++)
    {
        var started = Environment.CpuUsage.TotalTime;
        run();
        seconds[i] = (Environment.CpuUsage.TotalTime - started).TotalSeconds;
    }
    Array.Sort(seconds);
    return seconds[count / 2];
}

int Argument(string name, int fallback)
{
    var i = Array.IndexOf(args, name);
    return i >= 0 && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : fallback;
}

void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
