using Granary.Journal;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Hosting;
using Granary.Silo.Replay;
using Granary.Silo.Selection;

// Exit codes: 0 stopped in order (a replay: everything agrees), 1 could not run (a replay: something differs), 2 wrong configuration.
// Commands: none (the silo), replay (recorded trades, then a comparison), exchange (the built-in exchange alone, for silos in other processes),
// selection (the neutral selection alone: selects and records every hour, or once with --now, and sends no order).
var isReplay = args is ["replay", ..];
var isExchange = args is ["exchange", ..];
var selection = args is ["selection", ..] ? SelectionArguments.Load(args[1..]) : null;
var loaded = selection is not null ? selection.Loaded : isReplay ? ReplayArguments.Load(args[1..]) : OptionsLoader.Load(isExchange ? args[1..] : args);
if (!loaded.IsValid)
{
    await StandardStreams.WriteErrorAsync(loaded.Report());
    return LoadedOptions.ExitCodeOnError;
}

try
{
    if (selection is not null) return await SelectionProcess.RunAsync(selection, TimeProvider.System);
    if (isExchange)
    {
        await ExchangeProcess.RunAsync(loaded, url => StandardStreams.WriteAsync($"The exchange listens at {url} (Binance's protocol, no real money). Stop: Ctrl-C."));
        return 0;
    }

    ReplayReport? report = null;
    await using (var silo = await SiloApplication.StartAsync(loaded))
    {
        if (isReplay)
        {
            report = await new ReplayRun(silo, TimeProvider.System, ReplayArguments.OrdersFile(args)).RunAsync(silo.Host.Lifetime.ApplicationStopping);
        }
        else
        {
            await StandardStreams.WriteAsync(Welcome.Text(silo));
            await silo.Host.WaitForShutdownAsync();
        }
    }

    // Behind the log's last line.
    if (report is not null) await StandardStreams.WriteAsync(report.ToTable());
    return report is null or { IsEqual: true } ? 0 : 1;
}
catch (Exception e) when (e is JournalException or IOException or Granary.Exchange.State.StateException or Granary.Tape.TapeException)
{
    await StandardStreams.WriteErrorAsync($"The silo was not started: {e.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    await StandardStreams.WriteErrorAsync("The replay was interrupted; start it again to go on.");
    return 1;
}
