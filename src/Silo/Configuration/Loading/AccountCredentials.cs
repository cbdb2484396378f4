using Granary.Silo.Logging;
using Granary.Venues.Binance;

namespace Granary.Silo.Configuration.Loading;

/// <summary>Keys of one account at the venue. Its text form shows nothing of them.</summary>
/// <param name="apiKey">Public part.</param>
/// <param name="apiSecret">Signs requests.</param>
public sealed class AccountCredentials(string apiKey, string apiSecret)
{
    /// <summary>Key of the account "main" of the built-in exchange. A test value: it opens nothing outside this program.</summary>
    public const string BuiltInKey = "granary-test-key";

    /// <summary>Secret of the accounts of the built-in exchange. A test value.</summary>
    public const string BuiltInSecret = "granary-test-secret";

    /// <summary>Public part, as the venue client takes it.</summary>
    public Secret ApiKey { get; } = new(apiKey);

    /// <summary>Secret part, as the venue client takes it.</summary>
    public Secret ApiSecret { get; } = new(apiSecret);

    /// <summary>Key of an account of the built-in exchange.</summary>
    public static string BuiltInKeyOf(string account) => account == "main" ? BuiltInKey : $"{BuiltInKey}-{account}";

    /// <summary>Has the log's filter know both, so that they are taken out wherever they turn up.</summary>
    public void HideFrom(SecretFilter filter)
    {
        filter.Add(apiKey);
        filter.Add(apiSecret);
    }

    /// <summary>Three asterisks.</summary>
    public override string ToString() => "***";
}
