using System.Globalization;
using Granary.Engine.Performance;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Configuration.Mapping;

/// <summary>Turns what the configuration says about risk into what the grains are told.</summary>
public static class RiskMapping
{
    /// <summary>An account's settings; the venue's maintenance is added to the account's own windows.</summary>
    public static AccountSettings ToAccountSettings(this AccountSection account, VenueSection venue) => new()
    {
        Name = account.Name,
        Limits = venue.Maintenance.Count == 0
            ? account.Limits
            : account.Limits with { MaintenanceWindows = [.. account.Limits.MaintenanceWindows, .. venue.Maintenance.Select(ToWindow)] },
        Leverage = account.Leverage,
        RiskParity = account.RiskParity,
    };

    /// <summary>A maintenance window.</summary>
    /// <exception cref="ArgumentException">A time is missing or does not exist, or the end is not after the begin; the message names it.</exception>
    public static MaintenanceWindow ToWindow(this MaintenanceSection maintenance)
    {
        var window = new MaintenanceWindow
        {
            Name = maintenance.Name,
            StartMs = TimeMs(nameof(MaintenanceSection.Start), maintenance.Start),
            EndMs = TimeMs(nameof(MaintenanceSection.End), maintenance.End),
        };
        return window.EndMs > window.StartMs
            ? window
            : throw new ArgumentException($"{nameof(MaintenanceSection.End)} was '{maintenance.End}'; allowed is a time after {nameof(MaintenanceSection.Start)}");
    }

    /// <summary>A stress scenario.</summary>
    public static PortfolioScenario ToScenario(this ScenarioSection scenario) =>
        new(scenario.Name, scenario.Shock, scenario.Symbols.ToDictionary(s => s.Symbol, s => s.Shock, StringComparer.Ordinal));

    private static long TimeMs(string name, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw new ArgumentException($"{name} was '{text}'; allowed is {MaintenanceSection.TimeWords}");
}
