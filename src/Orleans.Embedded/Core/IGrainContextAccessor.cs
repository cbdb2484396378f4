namespace Orleans.Runtime;

/// <summary>Gives the activation whose turn is running.</summary>
public interface IGrainContextAccessor
{
    /// <summary>The activation.</summary>
    IGrainContext GrainContext { get; }
}
