namespace Orleans.Embedded.Simulation;

/// <summary>A simulation cannot go on: background work failed, a foreign thread took part, or time stands still. Names the seed and the turn.</summary>
public sealed class SimulationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, with seed and turn.</param>
    /// <param name="innerException">What caused it, or null.</param>
    public SimulationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
