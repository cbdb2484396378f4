namespace Granary.Engine.Supervision;

/// <summary>What a look at a queue gave.</summary>
public enum QueueVerdict
{
    /// <summary>Nothing new.</summary>
    None,

    /// <summary>It began to be too long, or to grow towards its bound.</summary>
    Growing,

    /// <summary>It is short again.</summary>
    Over,
}
