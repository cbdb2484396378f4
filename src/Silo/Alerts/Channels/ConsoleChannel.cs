using Granary.Silo.Hosting;

namespace Granary.Silo.Alerts.Channels;

/// <summary>Tells alerts on the silo's standard error stream, a line each.</summary>
internal sealed class ConsoleChannel(string name, string engine) : IAlertChannel
{
    public string Name { get; } = name;

    public Task SendAsync(AlertNotice notice, CancellationToken cancellationToken) => StandardStreams.WriteErrorAsync(notice.ToLine(engine));
}
