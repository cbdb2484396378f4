using Granary.Engine.Features;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Signals;

/// <summary>What every signal checks of the bars and snapshots that it is given.</summary>
internal static class KernelChecks
{
    /// <exception cref="ArgumentException">The bar has no z-scores of the window; the message names the option.</exception>
    public static void RequireZScores(FeatureBar bar, int window, string option)
    {
        if (!bar.Features.ZScores.Windows.Contains(window))
        {
            throw new ArgumentException(
                $"bar {bar.Bar.Index} has no z-scores over {window} bars ({option}); add the window to {nameof(PipelineOptions.ZWindows)}", nameof(bar));
        }
    }

    /// <exception cref="ArgumentException">The bar is not the expected one.</exception>
    public static void RequireNext(FeatureBar bar, bool isFirst, long expected)
    {
        ArgumentNullException.ThrowIfNull(bar);
        if (!isFirst && bar.Bar.Index != expected)
            throw new ArgumentException($"bar {bar.Bar.Index} was offered, expected bar {expected}", nameof(bar));
    }

    /// <exception cref="ArgumentException">The decision is of another bar.</exception>
    public static void RequireSameBar(long index, long decisionIndex, string parameter)
    {
        if (decisionIndex != index) throw new ArgumentException($"the decision of bar {decisionIndex} was given for bar {index}", parameter);
    }

    /// <exception cref="InvalidDataException">The snapshot was taken with another value of the option.</exception>
    public static void RequireOption(ref SnapshotReader reader, string signal, string option, int configured)
    {
        var written = reader.ReadInt32();
        if (written != configured)
            throw new InvalidDataException($"snapshot of {signal} was taken with {option} = {written}, configured is {configured}");
    }
}
