using Granary.Venues.Ports;
using Granary.Venues.Routing;

namespace Granary.Grains.Hosting;

/// <summary>The venue ports of each configured account.</summary>
public interface IAccountPorts
{
    /// <summary>Positions, balances and the user stream of the account.</summary>
    /// <exception cref="KeyNotFoundException">The account is not configured.</exception>
    IAccountPort GetAccount(string account);

    /// <summary>Orders of the account.</summary>
    /// <exception cref="KeyNotFoundException">The account is not configured.</exception>
    ITradingPort GetTrading(string account);

    /// <summary>
    /// The venues that the account's orders may go to. One, the default and all that can be configured: books, stops and reconciliation are those of one venue.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The account is not configured.</exception>
    IReadOnlyList<TradingVenue> GetVenues(string account) => [new TradingVenue(account, GetTrading(account))];

    /// <summary>Settings of the account at the venue; null, the default, where the venue has none to ask for.</summary>
    /// <exception cref="KeyNotFoundException">The account is not configured.</exception>
    IAccountSettingsPort? FindSettings(string account) => null;

    /// <summary>Sums and fees of the account at the venue; null, the default, where the venue has none to ask for.</summary>
    /// <exception cref="KeyNotFoundException">The account is not configured.</exception>
    IAccountHistoryPort? FindHistory(string account) => null;
}
