using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>Alerts: what raises them, how often they are told, and where.</summary>
public sealed record AlertsSection
{
    /// <summary>Whether alerts are raised; true, false, default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Where alerts are told; 1 to 16 entries, default one channel "log" of kind Log.</summary>
    [Entries(1, 16)]
    public IReadOnlyList<AlertChannelSection> Channels { get; init; } = [new AlertChannelSection { Name = "log" }];

    /// <summary>File with the addresses and signing keys of channels, lines of the form NAME=value, mode 0600; file name, default none.</summary>
    [FilePath]
    public string SecretsFile { get; init; } = "";

    /// <summary>Distance between two looks at the engine, seconds; 1 to 3,600, default 5.</summary>
    [Within(1, 3_600)]
    public int CheckSeconds { get; init; } = 5;

    /// <summary>Age of a symbol's data that is an alert, seconds; 1 to 86,400, default 30.</summary>
    [Within(1, 86_400)]
    public int StaleSeconds { get; init; } = 30;

    /// <summary>Used share of a limit that is an alert, a fraction; above 0 to 10, default 0.95.</summary>
    [Within(0, 10, IsAbove = true)]
    public decimal LimitUse { get; init; } = 0.95m;

    /// <summary>Fall of equity from its highest of 7 days that is an alert, a fraction; above 0 to 1, default 0.05.</summary>
    [Within(0, 1, IsAbove = true)]
    public decimal Drawdown { get; init; } = 0.05m;

    /// <summary>Share that prices may move before the account is liquidated, below which is an alert, a fraction; 0 to 1, default 0.15.</summary>
    [Within(0, 1)]
    public decimal LiquidationDistance { get; init; } = 0.15m;

    /// <summary>Free space of the journal's disk below which is an alert, MiB; 0 to 100,000,000, default 1,024.</summary>
    [Within(0, 100_000_000)]
    public int DiskFreeMegabytes { get; init; } = 1_024;

    /// <summary>How long a condition must have ceased before its alert is resolved, seconds; 0 to 86,400, default 30.</summary>
    [Within(0, 86_400)]
    public int ResolveAfterSeconds { get; init; } = 30;

    /// <summary>How long an event must not have happened again before its alert is resolved, minutes; 1 to 10,080, default 10.</summary>
    [Within(1, 10_080)]
    public int EventMinutes { get; init; } = 10;

    /// <summary>Distance between reminders of a condition that lasts, minutes, 0 is none; 0 to 10,080, default 60.</summary>
    [Within(0, 10_080)]
    public int RemindMinutes { get; init; } = 60;

    /// <summary>How long a condition may last before a warning becomes critical, minutes, 0 is for ever; 0 to 10,080, default 15.</summary>
    [Within(0, 10_080)]
    public int EscalateMinutes { get; init; } = 15;

    /// <summary>Notices of critical alerts a minute, and as many of the others, the rest waits; 1 to 1,000, default 10.</summary>
    [Within(1, 1_000)]
    public int PerMinuteMax { get; init; } = 10;
}
