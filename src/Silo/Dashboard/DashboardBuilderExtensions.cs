using Granary.Silo.Dashboard.Live;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Granary.Silo.Dashboard;

/// <summary>Adds the dashboard to a host that has the operator API.</summary>
public static class DashboardBuilderExtensions
{
    /// <summary>Adds the dashboard's files and its live stream.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddSingleton<PageFiles>();
        services.AddSingleton<LivePump>();
        services.AddSingleton<DashboardTopics>();
        services.AddSingleton(p => new LiveHub(
            p.GetRequiredService<DashboardTopics>().All(), p.GetRequiredService<IOptions<JsonOptions>>(), p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<LiveHub>>()));
        services.AddHostedService<LivePublisher>();
        return services;
    }
}
