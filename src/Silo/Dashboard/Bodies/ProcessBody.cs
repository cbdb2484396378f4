namespace Granary.Silo.Dashboard.Bodies;

/// <summary>The silo's process.</summary>
/// <param name="ResidentBytes">Memory in RAM.</param>
/// <param name="HeapBytes">Managed heap after the last collection.</param>
/// <param name="GcPauseMs">Time that collections paused the process since the start, milliseconds.</param>
/// <param name="CpuMs">Processor time used since the start, milliseconds.</param>
/// <param name="Processors">Processors that it may use.</param>
/// <param name="Threads">Threads of the pool.</param>
/// <param name="QueueLength">Work items that wait for a thread.</param>
public sealed record ProcessBody(long ResidentBytes, long HeapBytes, double GcPauseMs, double CpuMs, int Processors, int Threads, long QueueLength)
{
    /// <summary>As it stands.</summary>
    public static ProcessBody Now()
    {
        var cpu = OperatingSystem.IsWindows() || OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? Environment.CpuUsage.TotalTime : TimeSpan.Zero;
        return new ProcessBody(
            Environment.WorkingSet, GC.GetGCMemoryInfo().HeapSizeBytes, GC.GetTotalPauseDuration().TotalMilliseconds, cpu.TotalMilliseconds,
            Environment.ProcessorCount, ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount);
    }
}
