using Serilog;
using Serilog.Core;

namespace Granary.Silo.Logging;

/// <summary>A log as the configuration describes it, under levels that can be changed, and without secrets.</summary>
public sealed class SiloLog : IAsyncDisposable
{
    private readonly Logger _sinks;

    /// <summary>Opens the configured sinks.</summary>
    public SiloLog(IConfiguration configuration)
    {
        Levels = new LogLevels(configuration);

        // The levels are judged before; what comes here is written.
        _sinks = new LoggerConfiguration().ReadFrom.Configuration(configuration).MinimumLevel.Verbose().CreateLogger();
        Logger = Levels.Apply(new LoggerConfiguration()).WriteTo.Sink(new RedactingSink(_sinks, Secrets)).CreateLogger();
    }

    /// <summary>Writes.</summary>
    public Logger Logger { get; }

    /// <summary>The levels.</summary>
    public LogLevels Levels { get; }

    /// <summary>What must not be written.</summary>
    public SecretFilter Secrets { get; } = new();

    /// <summary>Writes what waits and closes the sinks.</summary>
    public async ValueTask DisposeAsync()
    {
        await Logger.DisposeAsync();
        await _sinks.DisposeAsync();
    }
}
