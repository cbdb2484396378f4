using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Granary.Backtest.Reports;
using Granary.Engine.Selection;
using Granary.Grains.Selection;
using Granary.Journal.Candles;
using Granary.Silo.Configuration.Mapping;
using Granary.Silo.Hosting;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Serilog;
using Serilog.Extensions.Logging;

namespace Granary.Silo.Selection;

/// <summary>
/// The neutral selection in a process of its own: it selects and records, and sends no order. Candles and runs lie in the journal's folder, in a file of
/// their own, so it may run beside a silo.
/// </summary>
internal static class SelectionProcess
{
    // A candle may still change in the first moments after its end, while the venue books what was under way.
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(2);

    /// <summary>Makes one selection, or one at the end of every hour until Ctrl-C or SIGTERM.</summary>
    /// <returns>The exit code: 0 done, 1 the venue did not answer.</returns>
    /// <exception cref="Granary.Journal.JournalException">The store cannot be used.</exception>
    /// <exception cref="IOException">A table cannot be written.</exception>
    public static async Task<int> RunAsync(SelectionArguments arguments, TimeProvider time)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var loaded = arguments.Loaded;
        await using var log = new LoggerConfiguration().ReadFrom.Configuration(loaded.Configuration).CreateLogger();
        using var loggers = new SerilogLoggerFactory(log);
        using var market = BinanceUsdmClient.Connect(
            loaded.Options.ToVenueOptions(null, loaded.Options.Exchange.Url), time, loggers.CreateLogger(nameof(SelectionProcess)));
        using var store = SqliteCandleStore.Open(new CandleStoreOptions { Folder = loaded.Options.Journal.Path });
        var session = new SelectionSession(market, store, arguments.Settings, time);
        try
        {
            await StandardStreams.WriteAsync("Bringing the candles up to date; what is there already is not asked for again.");
            await session.PrepareAsync(null, stop.Token);
            if (arguments.IsNow) await SelectAsync(session, session.LastCloseMs, arguments, stop.Token);
            else await SelectHourlyAsync(session, store.Interval.DurationMs, arguments, time, stop.Token);
            return 0;
        }
        catch (VenueException error)
        {
            await StandardStreams.WriteErrorAsync($"The venue did not answer: {error.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static async Task SelectHourlyAsync(
        SelectionSession session, long intervalMs, SelectionArguments arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var closeMs = session.LastCloseMs + intervalMs; ; closeMs = session.LastCloseMs + intervalMs)
        {
            var wait = DateTimeOffset.FromUnixTimeMilliseconds(closeMs) + SettleTime - time.GetUtcNow();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
            try
            {
                await SelectAsync(session, closeMs, arguments, cancellationToken);
            }
            catch (VenueException error)
            {
                // The next hour asks again; the candles missed meanwhile are fetched then.
                await StandardStreams.WriteErrorAsync($"No selection at {closeMs}: {error.Message}");
            }
        }
    }

    private static async Task SelectAsync(SelectionSession session, long closeMs, SelectionArguments arguments, CancellationToken cancellationToken)
    {
        var record = await session.RunAsync(closeMs, cancellationToken);
        await StandardStreams.WriteAsync(SelectionTable.Of(record));
        if (arguments.CsvFolder is not { } folder) return;
        Directory.CreateDirectory(folder);
        var name = DateTimeOffset.FromUnixTimeMilliseconds(closeMs).ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);
        foreach (var (side, suffix) in ((SelectionSide, string)[])[(SelectionSide.Long, "long"), (SelectionSide.Short, "short")])
        {
            var text = new StringBuilder(SelectionCsv.Header(arguments.Settings.Selection));
            SelectionCsv.Append(text, arguments.Settings.Selection, record.Selection, record.Targets, side);
            ReportFiles.Replace(Path.Combine(folder, $"{name}_{suffix}.csv"), text.ToString());
        }
    }
}
