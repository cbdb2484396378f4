namespace Orleans.Embedded.Simulation;

/// <summary>
/// A service that holds something of the operating system, such as an open file. A simulated crash disposes nothing; it asks these services to let go of it
/// as the death of a process would: without flushing and without a word to anyone.
/// </summary>
public interface ICrashParticipant
{
    /// <summary>The process is dead.</summary>
    void OnCrash();
}
