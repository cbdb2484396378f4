using System.Text;

namespace Granary.Silo.Metrics;

/// <summary>The process's own figures, under the names that Prometheus clients use.</summary>
internal static class ProcessMetrics
{
    public static void Write(StringBuilder text)
    {
        var memory = GC.GetGCMemoryInfo();
        var cpu = OperatingSystem.IsWindows() || OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? Environment.CpuUsage.TotalTime : TimeSpan.Zero;
        PrometheusText.Single(text, "process_cpu_seconds_total", "counter", "Processor time used.", cpu.TotalSeconds);
        PrometheusText.Single(text, "process_resident_memory_bytes", "gauge", "Memory in RAM.", Environment.WorkingSet);
        PrometheusText.Single(text, "dotnet_gc_heap_bytes", "gauge", "Managed heap after the last collection.", memory.HeapSizeBytes);
        PrometheusText.Single(text, "dotnet_gc_allocated_bytes_total", "counter", "Managed memory allocated.", GC.GetTotalAllocatedBytes());
        PrometheusText.Single(text, "dotnet_gc_pause_seconds_total", "counter", "Time that collections paused the process.", GC.GetTotalPauseDuration().TotalSeconds);
        PrometheusText.Head(text, "dotnet_gc_collections_total", "counter", "Garbage collections.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
            text.Append("dotnet_gc_collections_total{generation=\"").Append(generation).Append("\"} ").Append(GC.CollectionCount(generation)).Append('\n');
        PrometheusText.Single(text, "dotnet_threadpool_threads", "gauge", "Threads of the pool.", ThreadPool.ThreadCount);
        PrometheusText.Single(text, "dotnet_threadpool_queue_length", "gauge", "Work items that wait for a thread.", ThreadPool.PendingWorkItemCount);
        PrometheusText.Single(text, "dotnet_lock_contentions_total", "counter", "Times a thread had to wait for a lock.", Monitor.LockContentionCount);
    }
}
