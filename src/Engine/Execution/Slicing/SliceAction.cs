namespace Granary.Engine.Execution.Slicing;

/// <summary>What a schedule asks for.</summary>
public enum SliceAction
{
    /// <summary>Nothing now.</summary>
    Wait = 1,

    /// <summary>Send a slice; it counts as working from now on.</summary>
    Send = 2,

    /// <summary>Cancel what works. Asked for until the slice is closed: a request under way need not be repeated.</summary>
    Cancel = 3,

    /// <summary>The schedule is over and nothing works any more.</summary>
    Done = 4,
}
