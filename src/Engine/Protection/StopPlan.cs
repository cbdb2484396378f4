namespace Granary.Engine.Protection;

/// <summary>What to do about the venue's stops next: place one, or cancel some, or nothing. A new one always comes before the cancel of an old one.</summary>
/// <param name="Place">The stop to journal and send, or null. It has been filed as pending.</param>
/// <param name="Cancel">Client ids to cancel; empty while there is one to place.</param>
public sealed record StopPlan(ProtectiveStop? Place, IReadOnlyList<string> Cancel)
{
    /// <summary>Nothing to do.</summary>
    public static StopPlan Nothing { get; } = new(null, []);
}
