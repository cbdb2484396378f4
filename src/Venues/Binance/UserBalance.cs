namespace Granary.Venues.Binance;

/// <summary>A changed balance of an account's event; the change is null where the venue does not name it.</summary>
internal readonly record struct UserBalance(string Asset, decimal Wallet, decimal? Change);
