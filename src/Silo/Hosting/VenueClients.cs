using Granary.Grains.Hosting;
using Granary.Venues.Binance;
using Granary.Venues.Ports;

namespace Granary.Silo.Hosting;

/// <summary>One venue client per account, and one for public market data.</summary>
/// <param name="market">Client for market data.</param>
/// <param name="accounts">Client of each account, by name.</param>
public sealed class VenueClients(BinanceUsdmClient market, IReadOnlyDictionary<string, BinanceUsdmClient> accounts) : IAccountPorts
{
    /// <summary>Market data.</summary>
    public IMarketDataPort Market => market;

    /// <summary>Every client under a name of its own: "market", and "account/" with the account's name, sorted.</summary>
    public IReadOnlyList<KeyValuePair<string, BinanceUsdmClient>> Named { get; } =
    [
        .. accounts.Select(static pair => KeyValuePair.Create($"account/{pair.Key}", pair.Value)).OrderBy(static pair => pair.Key, StringComparer.Ordinal),
        KeyValuePair.Create("market", market),
    ];

    /// <inheritdoc/>
    public IAccountPort GetAccount(string account) => Find(account);

    /// <inheritdoc/>
    public ITradingPort GetTrading(string account) => Find(account);

    /// <inheritdoc/>
    public IAccountSettingsPort? FindSettings(string account) => Find(account);

    /// <inheritdoc/>
    public IAccountHistoryPort? FindHistory(string account) => Find(account);

    private BinanceUsdmClient Find(string account) =>
        accounts.TryGetValue(account, out var client) ? client : throw new KeyNotFoundException($"account {account} has no venue client");
}
