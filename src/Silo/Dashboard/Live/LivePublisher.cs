namespace Granary.Silo.Dashboard.Live;

/// <summary>Makes the hub publish four times a second while somebody watches, and rests while nobody does.</summary>
internal sealed class LivePublisher(LiveHub hub, TimeProvider time) : BackgroundService
{
    /// <summary>Time between two turns: 250 ms.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await hub.SomeoneAsync().WaitAsync(stoppingToken);
                _ = hub.TickAsync(stoppingToken);
                await Task.Delay(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The one way this ends.
        }
    }
}
