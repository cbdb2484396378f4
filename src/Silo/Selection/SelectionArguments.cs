using Granary.Backtest.Selection;
using Granary.Grains.Selection;
using Granary.Silo.Configuration.Binding;
using Granary.Silo.Configuration.Loading;

namespace Granary.Silo.Selection;

/// <summary>
/// Arguments of the selection command: <c>selection [--now] [--selector FILE] [--csv DIR]</c>, followed by any option of the configuration.
/// </summary>
/// <param name="IsNow">Whether one selection is made at once and the process ends.</param>
/// <param name="CsvFolder">Where each selection's long and short tables go; null for nowhere.</param>
/// <param name="Settings">What is selected.</param>
/// <param name="Loaded">The configuration.</param>
public sealed record SelectionArguments(bool IsNow, string? CsvFolder, SelectionSettings Settings, LoadedOptions Loaded)
{
    private const string Now = "--now";
    private const string Selector = "--selector";
    private const string Csv = "--csv";

    /// <summary>Reads the arguments. Never throws for what a user can write: the configuration that it answers with holds every error found.</summary>
    /// <param name="args">Arguments behind the word selection.</param>
    public static SelectionArguments Load(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = new List<string>();
        var errors = new List<OptionError>();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == Now) values[Now] = "";
            else if (args[i] is not (Selector or Csv)) rest.Add(args[i]);
            else if (i + 1 == args.Count) errors.Add(new OptionError(args[i], $"argument '{args[i]}' has no value"));
            else values[args[i]] = args[++i];
        }
        var settings = new SelectionSettings();
        try
        {
            if (values.TryGetValue(Selector, out var file)) settings = settings with { Selection = SelectorConfig.Load(file).Selection };
            settings.Validate();
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            errors.Add(new OptionError(Selector, error.Message));
        }
        var loaded = OptionsLoader.Load(rest);
        return new SelectionArguments(
            values.ContainsKey(Now), values.GetValueOrDefault(Csv), settings, loaded with { Errors = [.. loaded.Errors, .. errors] });
    }
}
