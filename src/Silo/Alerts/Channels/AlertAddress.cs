using Granary.Silo.Logging;

namespace Granary.Silo.Alerts.Channels;

/// <summary>Where a webhook is, which is a secret: who knows it can write there. Its text form shows nothing of it.</summary>
/// <param name="url">The address.</param>
/// <param name="signingKey">DingTalk's signing key, or empty.</param>
public sealed class AlertAddress(Uri url, string signingKey)
{
    /// <summary>The address, for the sender alone.</summary>
    internal Uri Url { get; } = url;

    /// <summary>The signing key, for the sender alone.</summary>
    internal string SigningKey { get; } = signingKey;

    /// <summary>Has the log's filter know address and key, so that they are taken out wherever they turn up.</summary>
    public void HideFrom(SecretFilter filter)
    {
        filter.Add(Url.AbsoluteUri);
        filter.Add(Url.PathAndQuery);
        filter.Add(SigningKey);
    }

    /// <summary>Three asterisks.</summary>
    public override string ToString() => "***";
}
