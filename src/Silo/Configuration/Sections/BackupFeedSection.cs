using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>One backup venue, public market data only. The engine's symbols are found in its list of instruments by their base coin.</summary>
public sealed record BackupFeedSection
{
    /// <summary>OKX's USDT perpetuals.</summary>
    public const string Okx = "okx";

    /// <summary>Bybit's USDT perpetuals.</summary>
    public const string Bybit = "bybit";

    /// <summary>Which venue; okx, bybit, required.</summary>
    [EntryKey, OneOf(Okx, Bybit)]
    public string Name { get; init; } = "";

    /// <summary>Another address for REST; http or https address without a path, default that of the venue.</summary>
    [Matches("|https?://[^/?#@]+/?", "http or https address without a path")]
    public string RestUrl { get; init; } = "";

    /// <summary>Another address for streams; ws or wss address without a path, default that of the venue.</summary>
    [Matches("|wss?://[^/?#@]+/?", "ws or wss address without a path")]
    public string StreamUrl { get; init; } = "";
}
