using Granary.Journal;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Recording;

/// <summary>Writes the recorder's queue to the disk while the silo runs, and the rest of it when it stops.</summary>
public sealed partial class RecordingService(
    MarketRecorder recorder, RecordingSection options, IJournal journal, TimeProvider time, ILogger<RecordingService> logger) : BackgroundService
{
    private static readonly TimeSpan DrainInterval = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        recorder.Close();
        await TellAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogStarted(string.Join(", ", options.Kinds), options.Folder);
        var flushInterval = TimeSpan.FromSeconds(options.FlushSeconds);
        var flushed = time.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(DrainInterval, time, stoppingToken);
                recorder.Drain();
                if (time.GetElapsedTime(flushed) < flushInterval) continue;
                flushed = time.GetTimestamp();
                recorder.Flush();
                await TellAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The one way this ends.
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var incidents = recorder.TakeIncidents();
        if (incidents.Count == 0) return;
        try
        {
            await journal.EnqueueAsync(incidents, null, cancellationToken);
        }
        catch (JournalException error)
        {
            // The log has them.
            LogUntold(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "recording {Kinds} to {Folder}")]
    private partial void LogStarted(string kinds, string folder);

    [LoggerMessage(Level = LogLevel.Error, Message = "incidents of the recording could not be journalled")]
    private partial void LogUntold(Exception exception);
}
