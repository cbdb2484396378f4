namespace Granary.Silo.Alerts.Channels;

/// <summary>Tells alerts in the silo's log.</summary>
internal sealed partial class LogChannel(string name, ILogger<LogChannel> logger) : IAlertChannel
{
    public string Name { get; } = name;

    public Task SendAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        var level = (notice.State, notice.Severity) switch
        {
            (AlertState.Resolved, _) or (_, AlertSeverity.Info) => LogLevel.Information,
            (_, AlertSeverity.Warning) => LogLevel.Warning,
            _ => LogLevel.Error,
        };
        LogNotice(level, notice.State, notice.Severity, notice.Rule, notice.Scope, notice.Text);
        return Task.CompletedTask;
    }

    [LoggerMessage(Message = "alert {State}: {Severity} {Rule}, {Scope}: {Text}")]
    private partial void LogNotice(LogLevel level, AlertState state, AlertSeverity severity, string rule, string scope, string text);
}
