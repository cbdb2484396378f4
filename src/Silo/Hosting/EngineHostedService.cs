using Granary.Grains.Configuration;
using Granary.Grains.Hosting;
using Granary.Grains.Interfaces.Risk;
using Granary.Journal;

namespace Granary.Silo.Hosting;

/// <summary>
/// Starts the engine's services with the host, and drains them when it stops: no new entries, open orders cancelled unless configured otherwise, sockets
/// closed, everything in the journal. It is registered after the actor runtime, so it stops before the grains do.
/// </summary>
public sealed partial class EngineHostedService(
    EngineServices services, EngineSettings settings, IGrainFactory grains, IJournal journal, ILogger<EngineHostedService> logger) : BackgroundService
{
    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        LogDraining();
        if (settings.CancelOrdersOnStop)
        {
            foreach (var account in settings.Accounts)
            {
                try
                {
                    await grains.GetGrain<IRiskGrain>(account.Name).CancelAll("the silo stops").AsTask().WaitAsync(cancellationToken);
                }
                catch (Exception e)
                {
                    // The stop goes on: what is still open at the venue is in the journal and is reconciled at the next start.
                    LogCancelFailed(e, account.Name);
                }
            }
        }

        await base.StopAsync(cancellationToken);
        await journal.FlushAsync(cancellationToken);
        LogDrained();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await services.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The one way this ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "stopping: cancelling open orders, closing streams, writing the journal")]
    private partial void LogDraining();

    [LoggerMessage(Level = LogLevel.Information, Message = "stopped: the journal is complete")]
    private partial void LogDrained();

    [LoggerMessage(Level = LogLevel.Error, Message = "account {Account}: open orders could not be cancelled before the stop; they are reconciled at the next start")]
    private partial void LogCancelFailed(Exception exception, string account);
}
