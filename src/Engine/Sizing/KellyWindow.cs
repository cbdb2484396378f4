using Granary.Engine.Snapshots;

namespace Granary.Engine.Sizing;

/// <summary>
/// Half-Kelly factor over the last closed trades of one signal (formulas §4.2): p = wins / n with a win = net PnL above 0, b = mean win / mean |loss|,
/// f = p - (1 - p) / b; f = p without losses, -1 without wins; factor = clip(0.5 f, 0.1, 1). The floor keeps a signal alive whose f once was not positive:
/// without trades its statistics could never recover.
/// </summary>
/// <param name="window">Trades looked at; 1 or more, default 50.</param>
/// <param name="tradesMin">Below this many trades the factor is <paramref name="initial"/>; 1 to <paramref name="window"/>, default 20.</param>
/// <param name="initial">Factor before enough trades are known; default 0.5.</param>
/// <param name="floor">Smallest factor; default 0.1.</param>
/// <param name="cap">Largest factor; default 1.</param>
public sealed class KellyWindow(int window = 50, int tradesMin = 20, double initial = 0.5, double floor = 0.1, double cap = 1.0)
{
    private readonly Queue<decimal> _trades = new(window);

    /// <summary>Trades in the window.</summary>
    public int Count => _trades.Count;

    /// <summary>The full Kelly fraction f, or null before enough trades are known.</summary>
    public double? Full => Count < tradesMin ? null : Fraction();

    /// <summary>The factor that sizes the next entry.</summary>
    public double Factor => Full is { } full ? Math.Clamp(0.5 * full, floor, cap) : initial;

    /// <summary>Adds a closed trade, in the order of exits; the oldest falls out of a full window.</summary>
    /// <param name="netPnl">Net of fees and funding, quote units.</param>
    public void Add(decimal netPnl)
    {
        if (_trades.Count == window) _trades.Dequeue();
        _trades.Enqueue(netPnl);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("kelly", 1);
        writer.Write(_trades.Count);
        foreach (var trade in _trades) writer.Write(trade);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or longer than the window.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("kelly", 1);
        var count = reader.ReadInt32();
        if (count < 0 || count > window) throw new InvalidDataException($"kelly snapshot has {count} trades, the window holds {window}");
        _trades.Clear();
        for (var i = 0; i < count; i++) _trades.Enqueue(reader.ReadDecimal());
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
