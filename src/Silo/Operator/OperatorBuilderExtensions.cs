using System.Security.Authentication;
using System.Text.Json.Serialization;
using Granary.Silo.Configuration;
using Granary.Silo.Dashboard;
using Granary.Silo.Metrics;
using Granary.Silo.Operator.Access;

namespace Granary.Silo.Operator;

/// <summary>Adds the operator API to a host.</summary>
public static class OperatorBuilderExtensions
{
    private const int ConnectionsMax = 256;

    /// <summary>
    /// Adds the services of the operator API and the limits of its server. The host must also have IGrainFactory, IJournal, EngineSettings and a
    /// TimeProvider.
    /// </summary>
    /// <exception cref="IOException">A token cannot be read or made; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">The certificate cannot be used; the message says why.</exception>
    public static WebApplicationBuilder AddOperator(this WebApplicationBuilder builder, GranaryOptions options)
    {
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new AccessTokens(OperatorToken.Open(options.Operator.TokenFile), OperatorToken.Open(options.Operator.ViewTokenFile)));
        builder.Services.AddSingleton(new AccessPolicy(options.Operator));
        builder.Services.AddRateLimiter(limiter => RequestLimiting.Configure(limiter, options.Operator));
        builder.Services.AddSingleton<SiloStart>();
        builder.Services.AddSingleton<OperatorNames>();
        builder.Services.AddSingleton<EngineObserver>();
        builder.Services.AddSingleton<GridObserver>();
        builder.Services.AddSingleton<OperatorCommands>();
        builder.Services.AddSingleton<OperatorGuard>();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<MetricCollector>();
        builder.Services.AddSingleton<RuntimeMetrics>();
        builder.Services.AddDashboard();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        });
        var certificate = options.Operator.CertificateFile.Length > 0 ? OperatorCertificate.Load(options.Operator, TimeProvider.System.GetUtcNow()) : null;
        if (certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            if (certificate is not null)
            {
                server.ConfigureHttpsDefaults(https =>
                {
                    https.ServerCertificate = certificate.Certificate;
                    https.ServerCertificateChain = certificate.Chain;
                    https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                });
            }

            server.AddServerHeader = false;
            server.Limits.MaxConcurrentConnections = ConnectionsMax;
            server.Limits.MaxRequestBodySize = CommandRequest.BytesMax * 2;
            server.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            server.Limits.MaxRequestLineSize = 8 * 1024;
        });
        return builder;
    }
}
