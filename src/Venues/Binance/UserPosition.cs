namespace Granary.Venues.Binance;

/// <summary>A changed position of an account's event; the quantity is below 0 for a short one.</summary>
internal readonly record struct UserPosition(string Symbol, decimal Quantity, decimal EntryPrice, decimal UnrealizedPnl);
