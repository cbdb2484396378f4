using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>
/// The listen keys: one per account, valid for 60 minutes of the protocol clock from its last opening or extension. Held in memory only, so a restart
/// invalidates them and clients ask for new ones (-1125). Bounded by the number of accounts. Not thread-safe; the stream protocol's gate guards it.
/// </summary>
internal sealed class ListenKeys
{
    public const long ValidityMs = 60 * 60_000;

    private readonly Dictionary<string, ListenKey> _byAccount = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ListenKey> _byKey = new(StringComparer.Ordinal);
    private long _opened;

    /// <summary>The account's active key, extended; or a new one.</summary>
    public string Open(ExchangeAccount account, long nowMs)
    {
        if (_byAccount.TryGetValue(account.Name, out var known))
        {
            known.ExpiresMs = nowMs + ValidityMs;
            return known.Key;
        }
        var key = new ListenKey(Derive(account, nowMs, ++_opened), account.Name) { ExpiresMs = nowMs + ValidityMs };
        _byAccount.Add(account.Name, key);
        _byKey.Add(key.Key, key);
        return key.Key;
    }

    /// <summary>Extends the account's active key and returns it; null when there is none or <paramref name="key"/> names another.</summary>
    public string? Extend(ExchangeAccount account, string? key, long nowMs)
    {
        if (!_byAccount.TryGetValue(account.Name, out var known) || (key is not null && key != known.Key)) return null;
        known.ExpiresMs = nowMs + ValidityMs;
        return known.Key;
    }

    /// <summary>The account that a key belongs to, or null.</summary>
    public string? FindAccount(string key) => _byKey.TryGetValue(key, out var known) ? known.Account : null;

    /// <summary>The account's active key, or null.</summary>
    public string? FindKey(string account) => _byAccount.TryGetValue(account, out var known) ? known.Key : null;

    /// <summary>Removes the account's key and returns it; null when there is none.</summary>
    public string? Close(string account)
    {
        if (!_byAccount.Remove(account, out var known)) return null;
        _byKey.Remove(known.Key);
        return known.Key;
    }

    /// <summary>Accounts whose key has run out, ordered by name.</summary>
    public IReadOnlyList<string> Expired(long nowMs) =>
        [.. _byAccount.Values.Where(key => key.ExpiresMs <= nowMs).Select(key => key.Account).Order(StringComparer.Ordinal)];

    /// <summary>64 characters that only the account's secret can foretell; deterministic, so that a simulated run repeats.</summary>
    private static string Derive(ExchangeAccount account, long nowMs, long number)
    {
        var seed = string.Create(CultureInfo.InvariantCulture, $"listenKey/{account.Name}/{nowMs}/{number}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(account.ApiSecret), Encoding.UTF8.GetBytes(seed)));
    }

    private sealed class ListenKey(string key, string account)
    {
        public string Key { get; } = key;

        public string Account { get; } = account;

        public long ExpiresMs { get; set; }
    }
}
