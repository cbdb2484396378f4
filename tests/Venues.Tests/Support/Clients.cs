using Granary.Venues.Binance;

namespace Granary.Venues.Tests.Support;

/// <summary>A client on scripted transports under manual time.</summary>
internal sealed class Clients
{
    public const string ApiKeyText = "kEyKeYkEyKeY0123456789abcdef";
    public const string SecretText = "sEcReTsEcReT0123456789abcdef";

    public Clients(Func<BinanceUsdmOptions, BinanceUsdmOptions>? change = null, bool hasKey = true)
    {
        Rest = new ScriptedRest(World.Time).OnTime();
        Streams = new ScriptedStreams(World.Time);
        var options = BinanceUsdmOptions.BuiltIn("http://127.0.0.1:1") with
        {
            ApiKey = hasKey ? new Secret(ApiKeyText) : null,
            ApiSecret = hasKey ? new Secret(SecretText) : null,
        };
        Options = change?.Invoke(options) ?? options;
        Client = new BinanceUsdmClient(Options, Rest, Streams, World.Time, Log);
    }

    public World World { get; } = new();

    public ScriptedRest Rest { get; }

    public ScriptedStreams Streams { get; }

    public ListLogger Log { get; } = new();

    public BinanceUsdmOptions Options { get; }

    public BinanceUsdmClient Client { get; }
}
