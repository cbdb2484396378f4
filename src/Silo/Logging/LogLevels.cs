using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Granary.Silo.Logging;

/// <summary>The level of each source of the log, as configured under Serilog:MinimumLevel, and changeable while the silo runs. Lasts until the next start.</summary>
public sealed class LogLevels
{
    /// <summary>Name of what no other source covers.</summary>
    public const string Default = "Default";

    private static readonly string[] OwnSources = ["Granary.Exchange", "Granary.Grains", "Granary.Silo", "Granary.Venues", "Orleans"];
    private static readonly string[] ForeignSources = ["Microsoft", "System"];

    private readonly SortedDictionary<string, LoggingLevelSwitch> _switches = new(StringComparer.Ordinal);
    private readonly HashSet<string> _followers = new(StringComparer.Ordinal);

    /// <summary>Reads the levels of a configuration.</summary>
    public LogLevels(IConfiguration configuration)
    {
        var section = configuration.GetSection("Serilog:MinimumLevel");
        var level = Parse(section.Value ?? section["Default"]) ?? LogEventLevel.Information;
        _switches[Default] = new LoggingLevelSwitch(level);
        foreach (var source in section.GetSection("Override").GetChildren()) _switches[source.Key] = new LoggingLevelSwitch(Parse(source.Value) ?? level);
        foreach (var source in OwnSources)
        {
            // Those that nobody configured follow the default.
            if (_switches.TryAdd(source, new LoggingLevelSwitch(level))) _followers.Add(source);
        }
        foreach (var source in ForeignSources) _switches.TryAdd(source, new LoggingLevelSwitch(LogEventLevel.Warning));
    }

    /// <summary>All sources with their levels, in the order of their names.</summary>
    public IReadOnlyDictionary<string, string> All => new SortedDictionary<string, string>(
        _switches.ToDictionary(static s => s.Key, static s => s.Value.MinimumLevel.ToString(), StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Names of the levels, the most talkative first.</summary>
    public static IReadOnlyList<string> Names { get; } = Enum.GetNames<LogEventLevel>();

    /// <summary>The source of this name, any letter case, or null.</summary>
    public string? Find(string source) => _switches.Keys.FirstOrDefault(s => s.Equals(source, StringComparison.OrdinalIgnoreCase));

    /// <summary>Changes a level. With the default go the program's own sources that have no configured level of their own.</summary>
    /// <param name="source">A name of <see cref="All"/>.</param>
    /// <param name="level">A name of <see cref="Names"/>, any letter case.</param>
    /// <returns>False when either is not known.</returns>
    public bool TrySet(string source, string level)
    {
        if (Parse(level) is not { } parsed || !_switches.TryGetValue(source, out var found)) return false;
        found.MinimumLevel = parsed;
        if (source != Default) return true;
        foreach (var follower in _followers) _switches[follower].MinimumLevel = parsed;
        return true;
    }

    /// <summary>Puts a logger under these levels.</summary>
    internal LoggerConfiguration Apply(LoggerConfiguration logger)
    {
        logger.MinimumLevel.ControlledBy(_switches[Default]);
        foreach (var (source, level) in _switches.Where(static s => s.Key != Default)) logger.MinimumLevel.Override(source, level);
        return logger;
    }

    private static LogEventLevel? Parse(string? text) =>
        Names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<LogEventLevel>(name) : null;
}
