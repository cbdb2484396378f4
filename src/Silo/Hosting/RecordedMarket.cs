using Granary.Exchange.Hosting;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Risk;
using Granary.Journal;
using Granary.Journal.Records;

namespace Granary.Silo.Hosting;

/// <summary>
/// Lets a recorded market begin once every account is active, so that nothing of it is played to nobody, and says when a tape ends or fails. A failed tape
/// stops its own symbol; the others go on.
/// </summary>
public sealed partial class RecordedMarket(
    BuiltInExchange exchange, EngineSettings settings, IGrainFactory grains, IJournal journal, TimeProvider time, ILogger<RecordedMarket> logger)
    : BackgroundService
{
    private static readonly TimeSpan StartPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WatchPoll = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var account in settings.Accounts)
        {
            while ((await grains.GetGrain<IRiskGrain>(account.Name).GetView()).State != "Active") await Task.Delay(StartPoll, time, stoppingToken);
        }

        exchange.Core.Driver.Start();
        LogStarted();
        string? told = null;
        while (true)
        {
            var progress = exchange.Core.Progress;
            if (progress.Error is { } error && error != told)
            {
                told = error;
                LogFailed(error);
                await journal.EnqueueAsync(
                    [
                        new IncidentRecord(
                            "exchange", "TapeFailed", error, "the symbol's market stopped; the others go on", "no more trades of this symbol",
                            time.GetUtcNow().ToUnixTimeMilliseconds()),
                    ],
                    null, stoppingToken);
            }

            if (progress.Finished)
            {
                LogFinished(progress.Trades);
                return;
            }

            await Task.Delay(WatchPoll, time, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "the recorded market begins")]
    private partial void LogStarted();

    [LoggerMessage(Level = LogLevel.Error, Message = "a tape stopped, the other symbols go on: {Error}")]
    private partial void LogFailed(string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "the recorded market is over: {Trades} trades were printed")]
    private partial void LogFinished(long trades);
}
