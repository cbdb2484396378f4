using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Sizing;

/// <summary>
/// Half-Kelly factor over the last closed trades of one signal (formulas §4.2): p = wins / n with a win = net PnL above 0, b = mean win / mean |loss|,
/// f = p - (1 - p) / b; f = p without losses, -1 without wins; factor = clip(0.5 f, 0.1, 1). The floor keeps a signal alive whose f once was not positive:
/// without trades its statistics could never recover.
/// </summary>
public sealed class KellyWindow
{
    // More is damage; the sum over the longest window stays inside the range of decimal.
    private const decimal PnlMax = 1_000_000_000_000_000_000m;

    private readonly KellyOptions _options;
    private readonly Queue<decimal> _trades;

    /// <summary>A window without trades.</summary>
    /// <param name="options">Its parameters; the defaults when left out.</param>
    /// <exception cref="ArgumentException">A parameter is outside its range; the message names it.</exception>
    public KellyWindow(KellyOptions? options = null)
    {
        _options = options ?? new KellyOptions();
        _options.Validate();
        _trades = new Queue<decimal>(_options.Window);
    }

    /// <summary>Trades in the window.</summary>
    public int Count => _trades.Count;

    /// <summary>The full Kelly fraction f, or null before enough trades are known.</summary>
    public double? Full => Count < _options.TradesMin ? null : Fraction();

    /// <summary>The factor that sizes the next entry.</summary>
    public double Factor => Full is { } full ? Math.Clamp(0.5 * full, _options.Floor, _options.Cap) : _options.Initial;

    /// <summary>Adds a closed trade, in the order of exits; the oldest falls out of a full window.</summary>
    /// <param name="netPnl">Net of fees and funding, quote units.</param>
    public void Add(decimal netPnl)
    {
        if (_trades.Count == _options.Window) _trades.Dequeue();
        _trades.Enqueue(netPnl);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("kelly", 1);
        writer.Write(_trades.Count);
        foreach (var trade in _trades) writer.Write(trade);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote; of a longer window the newest trades are kept.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("kelly", 1);
        _trades.Clear();
        for (var i = reader.ReadCount(KellyOptions.WindowMax, "closed trades"); i > 0; i--)
        {
            var netPnl = reader.ReadDecimal();
            if (Math.Abs(netPnl) > PnlMax) throw new InvalidDataException($"kelly snapshot is damaged: a trade made {netPnl}");
            Add(netPnl);
        }
    }

    private double Fraction()
    {
        int wins = 0, losses = 0;
        decimal won = 0, lost = 0;
        foreach (var trade in _trades)
        {
            if (trade > 0) { wins++; won += trade; }
            else { losses++; lost -= trade; }
        }
        if (wins == 0) return -1;
        var p = (double)wins / Count;
        if (lost == 0) return p;
        var payoff = (double)(won / wins) / (double)(lost / losses);
        return p - ((1 - p) / payoff);
    }
}
