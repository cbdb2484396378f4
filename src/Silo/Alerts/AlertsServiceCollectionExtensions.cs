using System.Net;
using Granary.Silo.Alerts.Channels;
using Granary.Silo.Alerts.Rules;
using Granary.Silo.Configuration;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Alerts;

/// <summary>Adds alerts to a host that has the engine and the operator API.</summary>
public static class AlertsServiceCollectionExtensions
{
    /// <summary>Adds the hub with the configured channels, and the watch.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="addresses">Addresses of the channels that need one, by name.</param>
    public static IServiceCollection AddAlerts(this IServiceCollection services, GranaryOptions options, IReadOnlyDictionary<string, AlertAddress> addresses)
    {
        services.AddSingleton<AlertHub>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var loggers = provider.GetRequiredService<ILoggerFactory>();
            return new AlertHub(
                options.Alerts.ToPolicy(),
                [
                    .. options.Alerts.Channels.Select(channel => new AlertLane(
                        Connect(channel, options.Engine.Id, addresses, time, loggers), channel.SeverityMin, time, loggers.CreateLogger<AlertLane>())),
                ],
                time);
        });
        services.AddHostedService(static provider => provider.GetRequiredService<AlertHub>());
        services.AddHostedService<AlertWatch>();
        return services;
    }

    /// <summary>How often and how loudly.</summary>
    internal static AlertPolicy ToPolicy(this AlertsSection section) => new(
        section.ResolveAfterSeconds * 1_000L, section.EventMinutes * 60_000L, section.RemindMinutes * 60_000L, section.EscalateMinutes * 60_000L, section.PerMinuteMax);

    /// <summary>From where on.</summary>
    internal static AlertThresholds ToThresholds(this AlertsSection section) => new(
        section.StaleSeconds * 1_000L, section.LimitUse, section.Drawdown, section.LiquidationDistance, section.DiskFreeMegabytes * 1_048_576L);

    private static IAlertChannel Connect(
        AlertChannelSection channel, string engine, IReadOnlyDictionary<string, AlertAddress> addresses, TimeProvider time, ILoggerFactory loggers) => channel.Kind switch
        {
            AlertChannelKind.Log => new LogChannel(channel.Name, loggers.CreateLogger<LogChannel>()),
            AlertChannelKind.Console => new ConsoleChannel(channel.Name, engine),
            _ => new WebhookChannel(channel.Name, channel.Kind, addresses[channel.Name], channel.Chat, engine, Http(), time),
        };

    /// <summary>A sender of its own for each receiver. A redirection is not followed: the notice is for the configured receiver alone.</summary>
    private static HttpMessageInvoker Http() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });
}
