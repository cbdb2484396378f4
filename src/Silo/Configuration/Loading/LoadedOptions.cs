using Granary.Silo.Alerts.Channels;
using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Loading;

/// <summary>What came of reading the configuration.</summary>
/// <param name="Options">The options in force; only meaningful without errors. File names in it are absolute.</param>
/// <param name="Configuration">All sources, for the logger's own section.</param>
/// <param name="Credentials">Keys by account name.</param>
/// <param name="Folder">Where relative file names start from.</param>
/// <param name="Errors">Everything that is wrong; the silo starts only when there is nothing.</param>
public sealed record LoadedOptions(
    GranaryOptions Options, IConfigurationRoot Configuration, IReadOnlyDictionary<string, AccountCredentials> Credentials, string Folder,
    IReadOnlyList<OptionError> Errors)
{
    /// <summary>Exit code of a silo that was not started because of its configuration.</summary>
    public const int ExitCodeOnError = 2;

    /// <summary>Addresses of the alert channels that have one, by channel name.</summary>
    public IReadOnlyDictionary<string, AlertAddress> AlertAddresses { get; init; } = new Dictionary<string, AlertAddress>();

    /// <summary>Whether the silo may start.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>All errors as one message, a line each; empty without errors.</summary>
    public string Report()
    {
        if (IsValid) return "";
        var lines = Errors.Select(e => $"  {e.Message}");
        return $"The silo was not started: its configuration is wrong in {Errors.Count} {(Errors.Count == 1 ? "place" : "places")}.\n"
            + string.Join('\n', lines)
            + "\nEvery option is described in docs/reference/configuration.md.";
    }
}
