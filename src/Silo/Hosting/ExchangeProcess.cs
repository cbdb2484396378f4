using Granary.Exchange.Hosting;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Configuration.Mapping;
using Granary.Silo.Logging;
using Serilog;
using Serilog.Extensions.Logging;

namespace Granary.Silo.Hosting;

/// <summary>
/// The built-in exchange in a process of its own. Silos reach it with Exchange:Enabled false and its address as Exchange:Url. Its wallets, orders and
/// positions live in Exchange:Path, so killing either process loses nothing of the other.
/// </summary>
internal static class ExchangeProcess
{
    /// <summary>Runs until Ctrl-C or SIGTERM. A recorded market begins at once.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task RunAsync(LoadedOptions loaded, Func<string, Task> onListening)
    {
        await using var log = new SiloLog(loaded.Configuration);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddSerilog(log.Logger);
        using var host = builder.Build();
        await host.StartAsync();
        await using var exchange = await BuiltInExchange.OpenAsync(
            loaded.Options.ToExchangeOptions(), loaded.Options.Exchange.Url, TimeProvider.System, new SerilogLoggerFactory(log.Logger), null,
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        exchange.Core.Driver.Start();
        await onListening(exchange.Url);
        await host.WaitForShutdownAsync();
    }
}
