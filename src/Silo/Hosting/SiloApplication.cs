using System.Diagnostics.Metrics;
using Granary.Exchange;
using Granary.Exchange.Hosting;
using Granary.Grains.Configuration;
using Granary.Journal;
using Granary.Journal.Sqlite;
using Granary.Silo.Alerts;
using Granary.Silo.Configuration;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Configuration.Mapping;
using Granary.Silo.Configuration.Sections;
using Granary.Silo.Dashboard;
using Granary.Silo.Logging;
using Granary.Silo.Metrics;
using Granary.Silo.Operator;
using Granary.Silo.Recording;
using Granary.Silo.Telemetry;
using Granary.Venues.Binance;
using Granary.Venues.Feeds;
using Serilog;
using Serilog.Extensions.Logging;

namespace Granary.Silo.Hosting;

/// <summary>
/// One silo, put together: journal, built-in exchange when configured, venue clients, actor runtime, engine, operator API. The order of starting is the
/// order of this list; stopping goes the other way.
/// </summary>
public sealed class SiloApplication : IAsyncDisposable
{
    private readonly SiloLog _log;
    private readonly IJournal _journal;

    private SiloApplication(
        WebApplication host, IJournal journal, BuiltInExchange? exchange, EngineSettings settings, VenueClients venue, GranaryOptions options,
        SiloLog log)
    {
        Host = host;
        _journal = journal;
        Exchange = exchange;
        Settings = settings;
        Venue = venue;
        Options = options;
        _log = log;
    }

    /// <summary>The web host that serves the operator API and owns every service.</summary>
    public WebApplication Host { get; }

    /// <summary>The exchange in this process, or null.</summary>
    public BuiltInExchange? Exchange { get; }

    /// <summary>What the grains were told.</summary>
    public EngineSettings Settings { get; }

    /// <summary>The venue's clients.</summary>
    public VenueClients Venue { get; }

    /// <summary>The configuration in force.</summary>
    public GranaryOptions Options { get; }

    /// <summary>Where the operator API listens.</summary>
    public string OperatorUrl => Host.Urls.First();

    /// <summary>Builds and starts a silo.</summary>
    /// <param name="loaded">Valid configuration.</param>
    /// <param name="adjust">Last word on the engine's settings, or null.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="JournalException">The journal cannot be opened; the message says what to do.</exception>
    /// <exception cref="IOException">A port is taken; the message names it.</exception>
    public static async Task<SiloApplication> StartAsync(
        LoadedOptions loaded, Func<EngineSettings, EngineSettings>? adjust = null, CancellationToken cancellationToken = default)
    {
        var options = loaded.Options;
        var log = new SiloLog(loaded.Configuration);
        foreach (var keys in loaded.Credentials.Values) keys.HideFrom(log.Secrets);
        foreach (var address in loaded.AlertAddresses.Values) address.HideFrom(log.Secrets);
        var loggers = new SerilogLoggerFactory(log.Logger);
        var time = TimeProvider.System;
        IJournal? journal = null;
        BuiltInExchange? exchange = null;
        try
        {
            var realMoney = options.IsRealMoney();
            log.Logger.Information(
                "Granary {Version}: actors on {Runtime}; venue {Venue}; {Money}", typeof(SiloApplication).Assembly.GetName().Version?.ToString(3),
                RuntimeIdentity.Name, options.Venue.Name, realMoney ? "REAL MONEY" : "no real money");
            var file = SqliteJournal.Open(
                new SqliteJournalOptions(options.Journal.Path) { Durability = options.Journal.Durability, QueueRecordsMax = options.Journal.QueueMax }, time);
            var observed = new ObservedJournal(file, time);
            journal = observed;
            if (options.Exchange.Enabled)
                exchange = await BuiltInExchange.OpenAsync(options.ToExchangeOptions(), options.Exchange.Url, time, loggers, null, cancellationToken);

            var exchangeUrl = exchange?.Url ?? options.Exchange.Url;
            var settings = options.ToEngineSettings();
            if (options.Venue.Name == VenueSection.BuiltIn) settings = settings with { StartFromOldestTrade = true };
            settings = adjust?.Invoke(settings) ?? settings;
            var venue = Connect(loaded, exchangeUrl, time, loggers);
            var host = Build(loaded, settings, journal, venue, exchange, log, time);
            observed.Attach(host.Services.GetService<AlertHub>(), new JournalMetrics(host.Services.GetRequiredService<IMeterFactory>(), () => file.Statistics));
            await host.StartAsync(cancellationToken);
            return new SiloApplication(host, journal, exchange, settings, venue, options, log);
        }
        catch
        {
            if (exchange is not null) await exchange.DisposeAsync();
            if (journal is not null) await journal.DisposeAsync();
            await log.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops in order and releases everything; open orders are cancelled unless configured otherwise.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Host.Lifetime.ApplicationStopped.IsCancellationRequested) await Host.StopAsync();
        await Host.DisposeAsync();
        if (Exchange is not null) await Exchange.DisposeAsync();
        await _journal.DisposeAsync();
        await _log.DisposeAsync();
    }

    private static VenueClients Connect(LoadedOptions loaded, string exchangeUrl, TimeProvider time, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<BinanceUsdmClient>();
        var accounts = loaded.Options.Accounts.ToDictionary(
            a => a.Name,
            a => BinanceUsdmClient.Connect(loaded.Options.ToVenueOptions(loaded.Credentials[a.Name], exchangeUrl), time, logger),
            StringComparer.Ordinal);
        return new VenueClients(BinanceUsdmClient.Connect(loaded.Options.ToVenueOptions(null, exchangeUrl), time, logger), accounts);
    }

    private static WebApplication Build(
        LoadedOptions loaded, EngineSettings settings, IJournal journal, VenueClients venue, BuiltInExchange? exchange, SiloLog log,
        TimeProvider time)
    {
        var options = loaded.Options;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // The levels are Serilog's, which can be changed; nothing is held back before.
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddSerilog(log.Logger);
        builder.Services.AddSingleton(log.Levels);
        builder.WebHost.UseUrls(options.Operator.Url);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(options);
        if (options.Telemetry.OtlpUrl.Length > 0) builder.Services.AddSingleton(_ => new OtlpExport(options.Telemetry, options.Engine.Id));
        if (exchange is not null) builder.Services.AddSingleton(exchange);
        builder.Services.AddEngine(settings, journal, venue);
        builder.Services.AddSingleton(p => new VenueMetrics(p.GetRequiredService<IMeterFactory>(), venue.Named));
        if (options.Feeds.Backups.Count > 0) builder.Services.AddBackupFeeds(options.Feeds.Connect(time, new SerilogLoggerFactory(log.Logger).CreateLogger<MarketFeed>()));
        builder.UseActorRuntime();
        // Before the engine, so that it stops behind it and has everything that the engine was given.
        if (options.Recording.Enabled) builder.Services.AddRecording(options.Recording);
        builder.Services.AddStreamMetrics();
        builder.Services.AddHostedService<EngineHostedService>();
        if (exchange is not null && options.Exchange.Market != MarketKind.Synthetic) builder.Services.AddHostedService<RecordedMarket>();
        builder.AddOperator(options);
        if (options.Alerts.Enabled)
        {
            builder.Services.AddAlerts(options, loaded.AlertAddresses);
            builder.Services.AddSingleton<AlertMetrics>();
        }

        var host = builder.Build();
        // Nobody asks for them; being there is all they do.
        host.Services.GetRequiredService<VenueMetrics>();
        host.Services.GetService<FeedMetrics>();
        host.Services.GetService<AlertMetrics>();
        host.Services.GetService<OtlpExport>();
        host.MapOperatorApi();
        return host;
    }
}
