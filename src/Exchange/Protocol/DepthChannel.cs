namespace Granary.Exchange.Protocol;

/// <summary>A symbol's depth streams of one publication interval: the diffs, and the partial books of 5, 10 and 20 levels.</summary>
internal sealed class DepthChannel(int intervalMs)
{
    public int IntervalMs { get; } = intervalMs;

    public DepthAccumulator Accumulator { get; } = new(intervalMs);

    /// <summary>Topics of the diffs; a stream may have two spellings.</summary>
    public List<StreamTopic> Diffs { get; } = [];

    /// <summary>Topics of the partial books with their levels.</summary>
    public List<(int Levels, StreamTopic Topic)> Partials { get; } = [];

    public bool HasSessions => Diffs.Exists(topic => topic.HasSessions) || HasPartialSessions;

    public bool HasPartialSessions => Partials.Exists(partial => partial.Topic.HasSessions);
}
