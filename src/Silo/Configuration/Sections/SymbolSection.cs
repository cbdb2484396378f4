using Granary.Grains.Configuration;
using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>One symbol.</summary>
public sealed record SymbolSection
{
    /// <summary>The symbol; 2 to 20 upper-case letters or digits, required.</summary>
    [EntryKey, Matches("[A-Z0-9]{2,20}", "2 to 20 upper-case letters or digits")]
    public string Symbol { get; init; } = "";

    /// <summary>Volume that closes a bar, base units; above 0 to 10,000,000,000, default that of Engine:VolumeThreshold.</summary>
    [Within(0, 10_000_000_000, IsAbove = true)]
    public decimal? VolumeThreshold { get; init; }

    /// <summary>
    /// Strategies that are asked; regime, momentum, reversion and names of rules, default regime, momentum, reversion. Without the regime there is no filter and
    /// there are no size factors. Reversion rests on the two other signals and needs both.
    /// </summary>
    public IReadOnlyList<string> Strategies { get; init; } = ["regime", "momentum", "reversion"];

    /// <summary>
    /// Parameters of the strategies for this symbol alone, for example Signals:Momentum:OfiThreshold; every option of Strategies with its range, default those
    /// of Strategies.
    /// </summary>
    [Inherits("Strategies")]
    public StrategiesSection Signals { get; init; } = new();

    /// <summary>
    /// The market whose order flow entries are held against, for example ETHUSDT for BTCUSDT; Accounts:Limits:CrossMarketFlowMax says from which flow on they are
    /// refused; a symbol of Engine:Symbols, default none.
    /// </summary>
    public string ConfirmedBy { get; init; } = "";

    /// <summary>The maker-only volatility grid.</summary>
    public GridSettings Grid { get; init; } = new();

    /// <summary>Accounts that the strategies' proposals go to, by name; names of Accounts, default all of them.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];
}
