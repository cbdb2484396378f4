using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace Granary.Silo.Logging;

/// <summary>Hands log events on without the secrets that they may hold in their message, their properties or their exception.</summary>
internal sealed class RedactingSink(Serilog.ILogger inner, SecretFilter filter) : ILogEventSink
{
    private static readonly MessageTemplateParser Parser = new();

    public void Emit(LogEvent logEvent) => inner.Write(Clean(logEvent));

    private LogEvent Clean(LogEvent logEvent)
    {
        var template = filter.Clean(logEvent.MessageTemplate.Text);
        var error = logEvent.Exception?.ToString() ?? "";
        var cleanError = filter.Clean(error);
        var isClean = ReferenceEquals(template, logEvent.MessageTemplate.Text) && ReferenceEquals(error, cleanError);
        List<LogEventProperty>? properties = null;
        foreach (var (name, value) in logEvent.Properties)
        {
            var text = value is ScalarValue { Value: string scalar } ? scalar : value.ToString();
            var cleanText = filter.Clean(text);
            if (ReferenceEquals(text, cleanText)) continue;
            isClean = false;
            properties ??= [.. logEvent.Properties.Select(static p => new LogEventProperty(p.Key, p.Value))];
            properties[properties.FindIndex(p => p.Name == name)] = new LogEventProperty(name, new ScalarValue(cleanText));
        }

        if (isClean) return logEvent;
        return new LogEvent(
            logEvent.Timestamp, logEvent.Level,
            logEvent.Exception is null || ReferenceEquals(error, cleanError) ? logEvent.Exception : new CleanedException(cleanError), Parser.Parse(template),
            properties ?? logEvent.Properties.Select(static p => new LogEventProperty(p.Key, p.Value)));
    }

    /// <summary>What is left of an exception that held a secret: its text without it.</summary>
    private sealed class CleanedException(string text) : Exception(text)
    {
        public override string ToString() => Message;
    }
}
