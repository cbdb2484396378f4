using Granary.Venues.Ports;

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

    /// <summary>Settings of the account at the venue; null, the default, where the venue has none to ask for.</summary>
    /// <exception cref="KeyNotFoundException">The account is not configured.</exception>
    IAccountSettingsPort? FindSettings(string account) => null;

    /// <summary>The account's past at the venue; null, the default, where the venue does not tell it.</summary>
    /// <exception cref="KeyNotFoundException">The account is not configured.</exception>
    IAccountHistoryPort? FindHistory(string account) => null;
}
