using Microsoft.Extensions.Logging;

namespace Granary.Client.Serving;

/// <summary>Writes warnings and errors of the exchange to the console's error stream, a line each.</summary>
internal sealed class ErrorLog(TextWriter error) : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        lock (_gate) error.WriteLine(exception is null ? formatter(state, null) : $"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
