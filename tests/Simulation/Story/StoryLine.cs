namespace Granary.Simulation.Story;

/// <summary>A step of the day as the journal tells it.</summary>
/// <param name="TimeMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Text">In words.</param>
internal sealed record StoryLine(long TimeMs, string Text)
{
    public override string ToString() => $"{DateTimeOffset.FromUnixTimeMilliseconds(TimeMs):HH:mm:ss} {Text}";
}
