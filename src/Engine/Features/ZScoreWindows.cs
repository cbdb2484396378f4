using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Features;

/// <summary>The recent values of every feature that has z-scores.</summary>
internal sealed class ZScoreWindows
{
    private readonly int[] _windows;
    private readonly RollingWindow[] _series;

    public ZScoreWindows(IReadOnlyList<int> windows)
    {
        _windows = [.. windows];
        var longest = _windows.Length == 0 ? 1 : _windows[^1];
        _series = new RollingWindow[ZScores.FeatureCount];
        for (var i = 0; i < _series.Length; i++) _series[i] = new RollingWindow(longest);
    }

    /// <summary>Appends the bar's value of a feature; NaN for "no value".</summary>
    public void Push(ZFeature feature, double value) => _series[(int)feature].Push(value);

    /// <summary>The z-scores of the values appended last.</summary>
    public ZScores Score()
    {
        var values = new double[ZScores.FeatureCount * _windows.Length];
        var i = 0;
        foreach (var series in _series)
        {
            foreach (var window in _windows)
            {
                values[i++] = !series.HasValues(window) ? double.NaN
                    : series.AreEqual(window) ? 0
                    : Moments.ZScore(series.Newest(window));
            }
        }
        return new ZScores(_windows, values);
    }

    public void Write(SnapshotWriter writer)
    {
        foreach (var series in _series) series.Write(writer);
    }

    public void Restore(ref SnapshotReader reader)
    {
        foreach (var series in _series) series.Restore(ref reader);
    }
}
