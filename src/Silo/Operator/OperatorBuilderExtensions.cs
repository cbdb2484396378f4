using System.Text.Json.Serialization;
using Granary.Silo.Configuration;
using Granary.Silo.Dashboard;
using Granary.Silo.Metrics;

namespace Granary.Silo.Operator;

/// <summary>Adds the operator API to a host.</summary>
public static class OperatorBuilderExtensions
{
    private const int ConnectionsMax = 256;

    /// <summary>
    /// Adds the services of the operator API and the limits of its server. The host must also have IGrainFactory, IJournal, EngineSettings and a
    /// TimeProvider.
    /// </summary>
    /// <exception cref="IOException">The operator token cannot be read or made; the message says what to do.</exception>
    public static WebApplicationBuilder AddOperator(this WebApplicationBuilder builder, GranaryOptions options)
    {
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(OperatorToken.Open(options.Operator.TokenFile));
        builder.Services.AddSingleton<SiloStart>();
        builder.Services.AddSingleton<OperatorNames>();
        builder.Services.AddSingleton<EngineObserver>();
        builder.Services.AddSingleton<GridObserver>();
        builder.Services.AddSingleton<OperatorCommands>();
        builder.Services.AddSingleton<OperatorGuard>();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<MetricCollector>();
        builder.Services.AddDashboard();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        });
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxConcurrentConnections = ConnectionsMax;
            server.Limits.MaxRequestBodySize = CommandRequest.BytesMax * 2;
            server.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            server.Limits.MaxRequestLineSize = 8 * 1024;
        });
        return builder;
    }
}
