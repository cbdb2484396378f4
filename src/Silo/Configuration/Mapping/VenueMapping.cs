using System.Globalization;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Configuration.Sections;
using Granary.Venues.Binance;

namespace Granary.Silo.Configuration.Mapping;

/// <summary>Turns the configuration into the venue client's options.</summary>
public static class VenueMapping
{
    /// <summary>Whether orders would move real money, judged by the addresses that are really used.</summary>
    public static bool IsRealMoney(this GranaryOptions options) => Addresses(options, options.Exchange.Url).IsRealMoney;

    /// <summary>Whether the market comes from a recording, which ends.</summary>
    public static bool IsRecordedMarket(this GranaryOptions options) =>
        options.Venue.Name == VenueSection.BuiltIn && options.Exchange.Market != Exchange.MarketKind.Synthetic;

    /// <summary>The venue client's options.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="credentials">The account's keys, or null for market data only.</param>
    /// <param name="exchangeUrl">Where the built-in exchange really listens (its configured port may be 0).</param>
    /// <exception cref="ArgumentException">An address is not one.</exception>
    /// <exception cref="InvalidOperationException">Real money without both switches.</exception>
    public static BinanceUsdmOptions ToVenueOptions(this GranaryOptions options, AccountCredentials? credentials, string exchangeUrl)
    {
        var venue = Addresses(options, exchangeUrl) with
        {
            ApiKey = credentials?.ApiKey,
            ApiSecret = credentials?.ApiSecret,
            AllowRealMoney = options.Venue.AllowRealMoney,
            DepthIntervalMs = int.Parse(options.Venue.DepthIntervalMs, CultureInfo.InvariantCulture),
        };
        venue.Validate();
        return venue;
    }

    private static BinanceUsdmOptions Addresses(GranaryOptions options, string exchangeUrl)
    {
        var venue = options.Venue.Name switch
        {
            VenueSection.Testnet => BinanceUsdmOptions.Testnet(),
            VenueSection.Demo => BinanceUsdmOptions.Demo(),
            // The preset itself insists on keys; the addresses alone are needed here.
            VenueSection.Production => BinanceUsdmOptions.Demo() with
            {
                Name = "binance",
                RestUrl = new Uri("https://fapi.binance.com"),
                StreamUrl = new Uri("wss://fstream.binance.com"),
            },
            _ => BinanceUsdmOptions.BuiltIn(exchangeUrl),
        };
        if (options.Venue.RestUrl.Length > 0) venue = venue with { RestUrl = new Uri(options.Venue.RestUrl) };
        if (options.Venue.StreamUrl.Length > 0) venue = venue with { StreamUrl = new Uri(options.Venue.StreamUrl) };
        return venue;
    }
}
