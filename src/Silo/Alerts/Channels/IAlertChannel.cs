namespace Granary.Silo.Alerts.Channels;

/// <summary>Where alerts are told.</summary>
public interface IAlertChannel
{
    /// <summary>Its configured name; what logs and metrics call it by.</summary>
    string Name { get; }

    /// <summary>Tells one notice.</summary>
    /// <exception cref="AlertChannelException">It did not arrive; the message holds no secret.</exception>
    Task SendAsync(AlertNotice notice, CancellationToken cancellationToken);
}
