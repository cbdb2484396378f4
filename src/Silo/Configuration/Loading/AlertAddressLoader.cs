using Granary.Silo.Alerts.Channels;
using Granary.Silo.Configuration.Binding;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Configuration.Loading;

/// <summary>
/// Finds the address of each channel that has one: GRANARY_ALERT_URL_NAME and, for DingTalk, GRANARY_ALERT_SECRET_NAME (the channel's name in capitals), from
/// the environment, else from the file of Alerts:SecretsFile. They are secrets: never in configuration, arguments or messages.
/// </summary>
internal static class AlertAddressLoader
{
    private const string UrlName = "GRANARY_ALERT_URL_";
    private const string SecretName = "GRANARY_ALERT_SECRET_";

    /// <summary>Addresses by channel name.</summary>
    public static IReadOnlyDictionary<string, AlertAddress> Load(AlertsSection options, IReadOnlyDictionary<string, string> environment, List<OptionError> errors)
    {
        var result = new Dictionary<string, AlertAddress>(StringComparer.Ordinal);
        if (!options.Enabled) return result;
        var file = NameValueFile.Read(options.SecretsFile, "Alerts:SecretsFile", errors);
        for (var i = 0; i < options.Channels.Count; i++)
        {
            var channel = options.Channels[i];
            if (channel.Kind is AlertChannelKind.Log or AlertChannelKind.Console) continue;
            var (path, name) = ($"Alerts:Channels:{i}", channel.Name.ToUpperInvariant());
            if (channel.Kind == AlertChannelKind.Telegram && channel.Chat.Length == 0)
                errors.Add(new OptionError($"{path}:Chat", $"{path}:Chat is missing; Telegram needs the id of the chat that the bot writes to"));
            if (Find(UrlName + name) is not { } text)
            {
                errors.Add(new OptionError(path, $"channel {channel.Name} needs the address of its {channel.Kind} receiver: set {UrlName}{name} in the environment or in the file of Alerts:SecretsFile"));
                continue;
            }
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            {
                errors.Add(new OptionError(path, $"{UrlName}{name} is no https address (http is allowed on loopback)"));
                continue;
            }
            if (channel.Kind == AlertChannelKind.DingTalk && Find(SecretName + name) is null)
                errors.Add(new OptionError(path, $"channel {channel.Name} needs DingTalk's signing key: set {SecretName}{name} in the environment or in the file of Alerts:SecretsFile"));
            result[channel.Name] = new AlertAddress(url, Find(SecretName + name) ?? "");
        }

        return result;

        string? Find(string name) => environment.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim()
            : file.TryGetValue(name, out value) && value.Length > 0 ? value : null;
    }
}
