using Granary.Grains.Configuration;
using Granary.Silo.Configuration.Binding;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Configuration;

/// <summary>Everything that can be configured, as it is in force while the silo runs.</summary>
public sealed record GranaryOptions
{
    /// <summary>The engine: symbols and intervals.</summary>
    public EngineSection Engine { get; init; } = new();

    /// <summary>Bars beside the volume bars, and the size of the volume bars.</summary>
    public BarsSection Bars { get; init; } = new();

    /// <summary>Accounts to trade with, each once; 1 to 16 entries, default one account "main".</summary>
    [Entries(1, 16)]
    public IReadOnlyList<AccountSection> Accounts { get; init; } = [new AccountSection { Name = "main" }];

    /// <summary>How open positions are protected at the venue; the stops' distances are those of Strategies:Guard.</summary>
    public ProtectionSettings Protection { get; init; } = new();

    /// <summary>How approved orders are placed: at market, or limit first; by purpose and strategy.</summary>
    public PlacementSettings Placement { get; init; } = new();

    /// <summary>When the watchdog speaks: stuck grains, silent streams, growing queues.</summary>
    public WatchdogSettings Watchdog { get; init; } = new();

    /// <summary>The venue that orders go to.</summary>
    public VenueSection Venue { get; init; } = new();

    /// <summary>Backup venues to compare the market feed with.</summary>
    public FeedsSection Feeds { get; init; } = new();

    /// <summary>The built-in exchange.</summary>
    public ExchangeSection Exchange { get; init; } = new();

    /// <summary>The operator API.</summary>
    public OperatorSection Operator { get; init; } = new();

    /// <summary>Alerts: what raises them, how often they are told, and where.</summary>
    public AlertsSection Alerts { get; init; } = new();

    /// <summary>Metrics and traces for a collector.</summary>
    public TelemetrySection Telemetry { get; init; } = new();

    /// <summary>The journal.</summary>
    public JournalSection Journal { get; init; } = new();

    /// <summary>The recording of market data.</summary>
    public RecordingSection Recording { get; init; } = new();

    /// <summary>Parameters of the strategies.</summary>
    public StrategiesSection Strategies { get; init; } = new();
}
