using Granary.Silo.Alerts;
using Granary.Silo.Alerts.Channels;
using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>One channel that alerts are told on.</summary>
public sealed record AlertChannelSection
{
    /// <summary>Name of the channel, in capitals part of the variable that holds its address; 1 to 32 letters or digits, required.</summary>
    [EntryKey, Matches("[A-Za-z0-9]{1,32}", "1 to 32 letters or digits")]
    public string Name { get; init; } = "";

    /// <summary>What the channel is; Log, Console, Webhook, Slack, Telegram, DingTalk, default Log.</summary>
    public AlertChannelKind Kind { get; init; } = AlertChannelKind.Log;

    /// <summary>Alerts that matter less are not told on it; Info, Warning, Critical, default Warning.</summary>
    public AlertSeverity SeverityMin { get; init; } = AlertSeverity.Warning;

    /// <summary>Telegram's chat id or channel name, needed with Telegram alone; chat id or @channel, default none.</summary>
    [Matches(@"|-?[0-9]{1,20}|@[A-Za-z0-9_]{1,64}", "chat id or @channel")]
    public string Chat { get; init; } = "";
}
