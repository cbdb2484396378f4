using System.Globalization;

namespace Granary.Exchange.Markets;

/// <summary>The times of one request after the other; the same options and seed give the same times.</summary>
internal sealed class LatencyModel
{
    private readonly LatencyOptions _options;
    private readonly SeededRandom _random;
    private readonly LatencyTimes[]? _recorded;
    private long _next;

    /// <exception cref="InvalidDataException">The file of recorded times is wrong; file, line and field are named.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public LatencyModel(LatencyOptions options, ulong seed)
    {
        _options = options;
        _random = new SeededRandom(seed ^ 0xA0761D6478BD642F);
        if (options.Path is { } path) _recorded = Read(path);
    }

    public LatencyTimes Next()
    {
        if (_recorded is not null) return _recorded[_next++ % _recorded.Length];
        return new LatencyTimes(Draw(_options.FeedMs), Draw(_options.EntryMs), Draw(_options.ResponseMs));
    }

    /// <summary>Log-normal around the median; whole milliseconds, the market clock's unit.</summary>
    private long Draw(double medianMs) =>
        (long)Math.Round(_options.Spread == 0 ? medianMs : medianMs * Math.Exp(_options.Spread * _random.Normal()), MidpointRounding.AwayFromZero);

    private static LatencyTimes[] Read(string path)
    {
        var times = new List<LatencyTimes>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || (number == 1 && char.IsAsciiLetter(line[0]))) continue;
            var fields = line.Split(',');
            if (fields.Length != 3) throw new InvalidDataException($"{path} line {number}: there are {fields.Length} fields, not feed, entry and response");
            times.Add(new LatencyTimes(Field(0, "feed"), Field(1, "entry"), Field(2, "response")));

            long Field(int index, string name) =>
                double.TryParse(fields[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms is >= 0 and <= 60_000
                    ? (long)Math.Round(ms, MidpointRounding.AwayFromZero)
                    : throw new InvalidDataException($"{path} line {number}, {name}: '{fields[index]}' is no time of 0 to 60000 milliseconds");
        }
        return times.Count == 0 ? throw new InvalidDataException($"{path}: the file holds no times; record them again") : [.. times];
    }
}
