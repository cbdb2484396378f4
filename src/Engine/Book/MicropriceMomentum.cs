using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Book;

/// <summary>
/// How fast the microprice moves (formulas §8.4), over k updates: momentum is (mp_t - mp_{t-k}) / mid_t, acceleration the momentum at t minus that at t-k,
/// the two being successive k-returns that share no update. Updates without a microprice (a side is empty) count, and have no value.
/// </summary>
public sealed class MicropriceMomentum
{
    private readonly int _lag;
    private RollingWindow _prices;
    private RollingWindow _momenta;

    /// <summary>A momentum without updates.</summary>
    /// <param name="lag">k, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lag is below 1.</exception>
    public MicropriceMomentum(int lag)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lag, 1);
        _lag = lag;
        _prices = new RollingWindow(lag + 1);
        _momenta = new RollingWindow(lag + 1);
    }

    /// <summary>A fraction of the mid; null until k updates ago has a microprice, and now.</summary>
    public double? Momentum => Last(_momenta);

    /// <summary>A fraction of the mid; null until k updates ago has a momentum, and now.</summary>
    public double? Acceleration
    {
        get
        {
            if (_momenta.Count <= _lag) return null;
            var momenta = _momenta.Newest(_lag + 1);
            var difference = momenta[_lag] - momenta[0];
            return double.IsNaN(difference) ? null : difference;
        }
    }

    /// <summary>Takes the best quotes after an update.</summary>
    public void Update(in Quote quote)
    {
        _prices.Push(quote.Microprice ?? double.NaN);
        if (_prices.Count <= _lag)
        {
            _momenta.Push(double.NaN);
            return;
        }
        var prices = _prices.Newest(_lag + 1);
        _momenta.Push((prices[_lag] - prices[0]) / (quote.Mid ?? double.NaN));
    }

    /// <summary>Starts over, as after a resync of the book.</summary>
    public void Restart()
    {
        _prices = new RollingWindow(_lag + 1);
        _momenta = new RollingWindow(_lag + 1);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(MicropriceMomentum), 1);
        _prices.Write(writer);
        _momenta.Write(writer);
    }

    /// <summary>Reads a state into this momentum, which must have the lag of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another lag, damaged, or not of a microprice momentum.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(MicropriceMomentum), 1);
        _prices.Restore(ref reader);
        _momenta.Restore(ref reader);
        if (_prices.Count != _momenta.Count) throw new InvalidDataException("snapshot of a microprice momentum is damaged: its windows differ in length");
    }

    private static double? Last(RollingWindow window)
    {
        if (window.Count == 0) return null;
        var last = window.Newest(1)[0];
        return double.IsNaN(last) ? null : last;
    }
}
