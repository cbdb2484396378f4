namespace Granary.Silo.Alerts.Channels;

/// <summary>What a channel is.</summary>
public enum AlertChannelKind
{
    /// <summary>The silo's log.</summary>
    Log,

    /// <summary>The silo's standard error stream.</summary>
    Console,

    /// <summary>A receiver of JSON.</summary>
    Webhook,

    /// <summary>An incoming webhook of Slack.</summary>
    Slack,

    /// <summary>The method sendMessage of a Telegram bot.</summary>
    Telegram,

    /// <summary>A custom robot of DingTalk, signed.</summary>
    DingTalk,
}
