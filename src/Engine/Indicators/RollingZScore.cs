using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>How many standard deviations an item lies from the mean of the last n, itself included (formulas §0.5); 0 when all n are equal.</summary>
public sealed class RollingZScore
{
    private readonly RollingWindow _items;

    /// <summary>A score without items.</summary>
    /// <param name="window">n, 1 to 100,000. A single item equals itself: the score of n = 1 is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public RollingZScore(int window) => _items = new RollingWindow(Require.Window(window));

    /// <summary>Takes an item and returns its score; null before n items.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The item is not finite.</exception>
    public double? Add(double item)
    {
        _items.Push(Require.Finite(item));
        var window = _items.Capacity;
        if (_items.Count < window) return null;
        return _items.AreEqual(window) ? 0 : Moments.ZScore(_items.Newest(window));
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(RollingZScore), 1);
        _items.Write(writer);
    }

    /// <summary>Reads a state into this score, which must have the window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another window, damaged, or not of a z-score.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(RollingZScore), 1);
        _items.Restore(ref reader);
    }
}
