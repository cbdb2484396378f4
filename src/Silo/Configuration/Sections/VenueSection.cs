using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>The venue that orders go to. Keys are never configured here: see GRANARY_API_KEY.</summary>
public sealed record VenueSection
{
    /// <summary>The built-in exchange, orders over loopback, no real money.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>Binance's futures testnet: play money.</summary>
    public const string Testnet = "testnet";

    /// <summary>Binance's demo trading: play money on real prices.</summary>
    public const string Demo = "demo";

    /// <summary>Binance with real money.</summary>
    public const string Production = "production";

    /// <summary>Which venue; built-in, testnet, demo, production, default built-in.</summary>
    [OneOf(BuiltIn, Testnet, Demo, Production)]
    public string Name { get; init; } = BuiltIn;

    /// <summary>Another address for REST; http or https address without a path, default that of the venue.</summary>
    [Matches("|https?://[^/?#@]+/?", "http or https address without a path")]
    public string RestUrl { get; init; } = "";

    /// <summary>Another address for streams; ws or wss address without a path, default that of the venue.</summary>
    [Matches("|wss?://[^/?#@]+/?", "ws or wss address without a path")]
    public string StreamUrl { get; init; } = "";

    /// <summary>How often changes of the order books are asked for, milliseconds, 0 for no order books; 0, 100, 250, 500, default 100.</summary>
    [OneOf("0", "100", "250", "500")]
    public string DepthIntervalMs { get; init; } = "100";

    /// <summary>File with the keys, lines such as GRANARY_API_KEY=..., readable by its owner only (mode 0600); file name, default none.</summary>
    [FilePath]
    public string CredentialsFile { get; init; } = "";

    /// <summary>
    /// File with the leverage brackets of the symbols, as the venue's leverageBracket or ccxt give them, .json or .json.gz; without one a flat maintenance rate
    /// (Accounts:Limits:MaintenanceRate) holds; file name, default none.
    /// </summary>
    [FilePath]
    public string LeverageBracketsFile { get; init; } = "";

    /// <summary>Announced maintenance, for every account; 0 to 100 entries, default none.</summary>
    [Entries(0, 100)]
    public IReadOnlyList<MaintenanceSection> Maintenance { get; init; } = [];

    /// <summary>The second switch without which nothing trades real money; true, false, default false.</summary>
    public bool AllowRealMoney { get; init; }
}
