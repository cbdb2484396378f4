using Granary.Exchange;
using Granary.Silo.Configuration.Binding;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Configuration.Sections;
using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Silo.Replay;

/// <summary>
/// Arguments of the replay command: <c>replay --trades FILE | --capture FILE [--symbol S] [--volume-threshold V] [--orders FILE]</c>, followed by any option of
/// the configuration.
/// </summary>
public static class ReplayArguments
{
    private const string Orders = "orders";

    private static readonly string[] Names = ["trades", "capture", "symbol", "volume-threshold", Orders];

    /// <summary>Reads the arguments and turns the configuration into that of one recorded market, as fast as it goes unless a speed is given.</summary>
    /// <param name="args">Arguments behind the word replay.</param>
    public static LoadedOptions Load(IReadOnlyList<string> args)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = new List<string>();
        var errors = new List<OptionError>();
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!Names.Contains(name))
            {
                rest.Add(args[i]);
                continue;
            }

            if (i + 1 == args.Count) errors.Add(new OptionError(name, $"argument '--{name}' has no value"));
            else own[name] = args[++i];
        }

        var isSpeedGiven = rest.Any(a => a.StartsWith("--Exchange:Speed", StringComparison.OrdinalIgnoreCase));
        var loaded = OptionsLoader.Load(rest);
        var isCapture = own.ContainsKey("capture");
        var file = own.GetValueOrDefault("capture") ?? own.GetValueOrDefault("trades") ?? "";
        if (file.Length == 0 || (isCapture && own.ContainsKey("trades")))
            errors.Add(new OptionError("trades", "a replay needs one file: --trades FILE (csv, csv.gz, zip or tape) or --capture FILE"));
        var symbol = (own.GetValueOrDefault("symbol") ?? SymbolOf(file)).ToUpperInvariant();
        if (symbol.Length == 0 || SymbolCatalog.Find(symbol) is null)
        {
            var known = string.Join(", ", SymbolCatalog.Defaults.Concat(SymbolCatalog.Samples).Select(r => r.Symbol));
            errors.Add(new OptionError("symbol", $"the symbol '{symbol}' is not one that the built-in exchange knows ({known}); give it with --symbol"));
        }

        var threshold = loaded.Options.Engine.Symbols.FirstOrDefault(s => s.Symbol == symbol)?.VolumeThreshold;
        if (own.TryGetValue("volume-threshold", out var text))
        {
            if (decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) && value > 0) threshold = value;
            else errors.Add(new OptionError("volume-threshold", $"--volume-threshold was '{text}', expected a number above 0 (base units)"));
        }

        var options = loaded.Options with
        {
            Engine = loaded.Options.Engine with { Symbols = [new SymbolSection { Symbol = symbol, VolumeThreshold = threshold }] },
            Exchange = loaded.Options.Exchange with
            {
                Enabled = true,
                Market = isCapture ? MarketKind.Capture : MarketKind.Replay,
                Speed = isSpeedGiven ? loaded.Options.Exchange.Speed : 0,
                Symbols = [symbol],
                Tapes = [new TapeSection { Symbol = symbol, File = Path.GetFullPath(file.Length == 0 ? "." : file) }],
            },
            Venue = loaded.Options.Venue with { Name = VenueSection.BuiltIn },
        };
        return loaded with { Options = options, Errors = [.. loaded.Errors, .. errors] };
    }

    /// <summary>The file that the engine's orders and fills are to be written to; null for none.</summary>
    /// <param name="args">Arguments behind the word replay.</param>
    public static string? OrdersFile(IReadOnlyList<string> args)
    {
        for (var i = args.Count - 2; i >= 0; i--)
        {
            if (args[i] == $"--{Orders}") return args[i + 1];
        }
        return null;
    }

    /// <summary>The symbol that a columnar tape says, or a public file name carries, for example um-APEUSDT-aggTrades-2024-10-18.zip, or nothing.</summary>
    private static string SymbolOf(string file)
    {
        try
        {
            if (file.Length > 0 && ColumnarTape.Describe(file) is { } tape) return tape.Symbol;
        }
        catch (TapeException)
        {
            // The replay tells what is wrong with it.
        }
        return Path.GetFileName(file).Split('-', '.', '_').FirstOrDefault(p => SymbolCatalog.Find(p.ToUpperInvariant()) is not null) ?? "";
    }
}
