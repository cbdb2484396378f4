using System.Collections;
using Granary.Silo.Configuration.Binding;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Configuration.Loading;

/// <summary>
/// Reads the configuration: appsettings.json, then environment variables (Section__Option), then those that start with GRANARY_, then arguments; the later
/// source wins. Never throws for what a user can write: it answers with every error found.
/// </summary>
public static class OptionsLoader
{
    private const string Prefix = "GRANARY_";

    private static readonly string[] ForeignSections = ["Serilog", "Logging", "AllowedHosts"];

    /// <summary>Reads the configuration of this process.</summary>
    /// <param name="args">Arguments, only of the form --Section:Option value.</param>
    public static LoadedOptions Load(IReadOnlyList<string> args)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables()) environment[(string)entry.Key] = (string?)entry.Value ?? "";
        return Load(args, environment, ConfigurationFolder.Find(Environment.CurrentDirectory, AppContext.BaseDirectory));
    }

    /// <summary>Reads the configuration of a given folder and environment.</summary>
    public static LoadedOptions Load(IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var errors = new List<OptionError>();
        var arguments = ArgumentReader.Read(args, errors);
        var file = ReadFile(Path.Combine(folder, ConfigurationFolder.FileName), errors);
        CheckSections(file.GetChildren().Select(c => c.Key), errors);
        CheckSections(arguments.Keys.Select(k => k.Split(':')[0]), errors);
        var root = new ConfigurationBuilder()
            .AddConfiguration(file)
            .AddInMemoryCollection(FromEnvironment(environment, ""))
            .AddInMemoryCollection(FromEnvironment(environment, Prefix))
            .AddInMemoryCollection(arguments)
            .Build();
        RefuseSecrets(root, errors);

        var binder = new OptionsBinder(folder);
        var options = WithDerived(binder.Bind<GranaryOptions>(root));
        if (binder.Errors.Count == 0) options = WithInherited(options, root, binder);
        errors.AddRange(binder.Errors.Where(e => !IsSecret(e.Path)));
        if (binder.Errors.Count == 0) OptionsCheck.Run(options, errors);
        var credentials = CredentialsLoader.Load(options, environment, errors);
        var addresses = AlertAddressLoader.Load(options.Alerts, environment, errors);
        return new LoadedOptions(options, WithLogFiles(root, folder, options), credentials, folder, errors) { AlertAddresses = addresses };
    }

    private static IConfigurationRoot ReadFile(string path, List<OptionError> errors)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: true, reloadOnChange: false).Build();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            errors.Add(new OptionError(path, $"{path} cannot be read: {(e.InnerException ?? e).Message}"));
            return new ConfigurationBuilder().Build();
        }
    }

    private static Dictionary<string, string?> FromEnvironment(IReadOnlyDictionary<string, string> environment, string prefix)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in environment.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            // A variable with the prefix is no plain one; without a section it means something else (GRANARY_URL, GRANARY_API_KEY).
            if (prefix.Length == 0 && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) continue;
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && name.Contains("__", StringComparison.Ordinal))
                values[name[prefix.Length..].Replace("__", ":", StringComparison.Ordinal)] = value;
        }
        return values;
    }

    private static void CheckSections(IEnumerable<string> names, List<OptionError> errors)
    {
        var known = OptionProperties.Of(typeof(GranaryOptions)).Select(p => p.Name).Concat(ForeignSections).ToList();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase).Where(n => !known.Contains(n, StringComparer.OrdinalIgnoreCase)))
        {
            var guess = Spelling.Nearest(name, known);
            errors.Add(new OptionError(name, guess is null ? $"{name} is not a section; known are {string.Join(", ", known)}" : $"{name} is not a section; did you mean {guess}?"));
        }
    }

    private static void RefuseSecrets(IConfiguration root, List<OptionError> errors)
    {
        foreach (var key in root.GetSection("Venue").GetChildren().Select(c => c.Path).Where(IsSecret))
            errors.Add(new OptionError(key, $"{key} is not taken from configuration or arguments: put keys into the environment (GRANARY_API_KEY, GRANARY_API_SECRET) or the file of Venue:CredentialsFile"));
    }

    private static bool IsSecret(string path) =>
        path.Equals("Venue:ApiKey", StringComparison.OrdinalIgnoreCase) || path.Equals("Venue:ApiSecret", StringComparison.OrdinalIgnoreCase);

    /// <summary>Each symbol's parameters again, this time from those of all symbols on.</summary>
    private static GranaryOptions WithInherited(GranaryOptions options, IConfiguration root, OptionsBinder binder)
    {
        var entries = root.GetSection("Engine:Symbols").GetChildren().ToList();
        return options with { Engine = options.Engine with { Symbols = [.. options.Engine.Symbols.Select(Inherit)] } };

        SymbolSection Inherit(SymbolSection symbol)
        {
            var entry = entries.FirstOrDefault(e => symbol.Symbol.Equals(e["Symbol"], StringComparison.OrdinalIgnoreCase));
            var own = entry?.GetSection("Signals");
            return symbol with { Signals = own is null ? options.Strategies : binder.BindOnto(options.Strategies, own, own.Path) };
        }
    }

    private static GranaryOptions WithDerived(GranaryOptions options) => options with
    {
        Exchange = options.Exchange with
        {
            Path = options.Exchange.Path.Length > 0 ? options.Exchange.Path : Path.Combine(options.Journal.Path, "exchange"),
            Symbols = options.Exchange.Symbols.Count > 0 ? options.Exchange.Symbols : [.. options.Engine.Symbols.Select(s => s.Symbol)],
        },
        Recording = options.Recording with
        {
            Folder = options.Recording.Folder.Length > 0 ? options.Recording.Folder : Path.Combine(options.Journal.Path, "tape"),
        },
        Operator = options.Operator with
        {
            TokenFile = options.Operator.TokenFile.Length > 0 ? options.Operator.TokenFile : Path.Combine(options.Journal.Path, "operator.token"),
            ViewTokenFile = options.Operator.ViewTokenFile.Length > 0 ? options.Operator.ViewTokenFile : Path.Combine(options.Journal.Path, "view.token"),
        },
    };

    /// <summary>Log files follow the same rule as other file names; {data} stands for the journal's folder.</summary>
    private static IConfigurationRoot WithLogFiles(IConfigurationRoot root, string folder, GranaryOptions options)
    {
        var paths = root.GetSection("Serilog").AsEnumerable()
            .Where(e => e.Value is { Length: > 0 } && e.Key.EndsWith(":path", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(e => e.Key, e => (string?)Path.GetFullPath(e.Value!.Replace("{data}", options.Journal.Path, StringComparison.Ordinal), folder));
        return new ConfigurationBuilder().AddConfiguration(root).AddInMemoryCollection(paths).Build();
    }
}
