using Granary.Exchange;
using Granary.Exchange.Contracts;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Configuration.Mapping;

/// <summary>Turns the configuration into the built-in exchange's options.</summary>
public static class ExchangeMapping
{
    /// <summary>The exchange's options: the engine's accounts with their test keys, durable state in the exchange's folder.</summary>
    /// <exception cref="ArgumentException">A listed symbol has no known rules.</exception>
    public static ExchangeOptions ToExchangeOptions(this GranaryOptions options)
    {
        var exchange = options.Exchange;
        return new ExchangeOptions
        {
            Symbols =
            [
                .. exchange.Symbols.Select(s => SymbolCatalog.Find(s) ?? throw new ArgumentException($"the built-in exchange has no rules for {s}", nameof(options))),
            ],
            Accounts =
            [
                .. options.Accounts.Select(a =>
                    new ExchangeAccount(a.Name, AccountCredentials.BuiltInKeyOf(a.Name), AccountCredentials.BuiltInSecret, exchange.InitialBalance)),
            ],
            Market = exchange.Market,
            Seed = exchange.Seed,
            Speed = exchange.Speed,
            TapeFiles = exchange.Tapes.ToDictionary(t => t.Symbol, t => t.File),
            MakerFee = exchange.MakerFee,
            TakerFee = exchange.TakerFee,
            Leverage = exchange.Leverage,
            BracketPath = exchange.BracketFile.Length == 0 ? null : exchange.BracketFile,
            ProfilePath = exchange.ProfileFile.Length == 0 ? null : exchange.ProfileFile,
            QueueModel = exchange.QueueModel,
            QueuePower = exchange.QueuePower,
            Latency = ToLatency(exchange),
            DataPath = exchange.Path,

            // A recorded market waits until the engine is ready: nothing of it is played to nobody.
            StartsAtOnce = exchange.Market == MarketKind.Synthetic,
        };
    }

    /// <summary>Null when nothing is under way for any time, so that the exchange need not ask.</summary>
    private static LatencyOptions? ToLatency(ExchangeSection exchange) =>
        exchange is { FeedLatencyMs: 0, OrderLatencyMs: 0, ResponseLatencyMs: 0, LatencyFile.Length: 0 } ? null : new LatencyOptions
        {
            FeedMs = exchange.FeedLatencyMs,
            EntryMs = exchange.OrderLatencyMs,
            ResponseMs = exchange.ResponseLatencyMs,
            Spread = exchange.LatencySpread,
            Path = exchange.LatencyFile.Length == 0 ? null : exchange.LatencyFile,
        };
}
