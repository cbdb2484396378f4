namespace Granary.Simulation.Soak;

/// <summary>What came of a soak.</summary>
/// <param name="Samples">One a minute after the warm-up, oldest first.</param>
/// <param name="OutstandingMax">Questions of the stalled reader that were under way at once, the most.</param>
/// <param name="Answers">Whole answers that the console got.</param>
/// <param name="SeriesMax">Lines of the metrics' text, the most.</param>
internal sealed record SoakResult(IReadOnlyList<SoakSample> Samples, int OutstandingMax, long Answers, int SeriesMax)
{
    /// <summary>Growth of the managed memory by least squares, megabytes a simulated hour.</summary>
    public double MegabytesPerHour
    {
        get
        {
            var points = Samples.Select(s => ((s.At - Samples[0].At).TotalHours, s.HeapBytes / 1e6)).ToArray();
            var (x, y) = (points.Average(p => p.TotalHours), points.Average(p => p.Item2));
            var spread = points.Sum(p => (p.TotalHours - x) * (p.TotalHours - x));
            return spread == 0 ? 0 : points.Sum(p => (p.TotalHours - x) * (p.Item2 - y)) / spread;
        }
    }
}
