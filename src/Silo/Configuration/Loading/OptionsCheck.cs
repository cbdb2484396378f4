using Granary.Engine.Decisions;
using Granary.Exchange;
using Granary.Silo.Configuration.Binding;
using Granary.Silo.Configuration.Mapping;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Configuration.Loading;

/// <summary>What must hold between options; each on its own has been checked before.</summary>
public static class OptionsCheck
{
    /// <summary>Adds what is wrong.</summary>
    public static void Run(GranaryOptions options, List<OptionError> errors)
    {
        CheckAccounts(options, errors);
        CheckBars(options.Bars, errors);
        CheckStrategies(options, errors);
        CheckRisk(options, errors);
        CheckAddresses(options, errors);
        OperatorCheck.Run(options.Operator, errors);
        if (options.Feeds.Backups.Count > 0 && options.Feeds.AgreeBps > options.Feeds.DivergeBps)
        {
            errors.Add(new OptionError(
                "Feeds:AgreeBps", FormattableString.Invariant($"Feeds:AgreeBps was '{options.Feeds.AgreeBps}'; it must be at most Feeds:DivergeBps, {options.Feeds.DivergeBps}")));
        }

        if (options.Venue.Name == VenueSection.BuiltIn || options.Exchange.Enabled) CheckExchange(options, errors);
        CheckVenue(options, errors);
    }

    private static void CheckAccounts(GranaryOptions options, List<OptionError> errors)
    {
        var names = options.Accounts.Select(a => a.Name).ToList();
        for (var i = 0; i < options.Engine.Symbols.Count; i++)
        {
            foreach (var account in options.Engine.Symbols[i].Accounts.Where(a => !names.Contains(a)))
            {
                var path = $"Engine:Symbols:{i}:Accounts";
                errors.Add(new OptionError(path, $"{path} was '{account}'; allowed is a name of Accounts: {string.Join(", ", names)}"));
            }
        }
    }

    private static void CheckBars(BarsSection bars, List<OptionError> errors)
    {
        try
        {
            bars.ToPipelineOptions(1).Validate();
        }
        catch (ArgumentException e)
        {
            errors.Add(new OptionError("Bars:TimeBarSeconds", $"Bars:TimeBarSeconds was '{string.Join(", ", bars.TimeBarSeconds)}'; {e.Message}"));
        }
    }

    private static void CheckStrategies(GranaryOptions options, List<OptionError> errors)
    {
        var windows = options.Bars.ToPipelineOptions(1).ZWindows;
        for (var i = 0; i < options.Engine.Symbols.Count; i++)
        {
            var symbol = options.Engine.Symbols[i];
            var path = $"Engine:Symbols:{i}";
            if (StrategyList.Complaint(symbol.Strategies) is { } complaint)
                errors.Add(new OptionError($"{path}:Strategies", $"{path}:Strategies was '{string.Join(", ", symbol.Strategies)}'; {complaint}"));
            CheckWindows($"{path}:Signals", symbol.Signals, options.Strategies);
        }
        CheckWindows("Strategies", options.Strategies, null);

        void CheckWindows(string path, StrategiesSection own, StrategiesSection? inherited)
        {
            Require($"{path}:Regime:SignalZWindow", own.Regime.SignalZWindow, inherited?.Regime.SignalZWindow);
            Require($"{path}:Momentum:SignalZWindow", own.Momentum.SignalZWindow, inherited?.Momentum.SignalZWindow);
        }

        void Require(string path, int window, int? inherited)
        {
            // What a symbol inherits is complained about where it was written.
            if (window != inherited && !windows.Contains(window))
                errors.Add(new OptionError(path, $"{path} was '{window}'; allowed is a window of the z-scores: {string.Join(", ", windows)}"));
        }
    }

    private static void CheckRisk(GranaryOptions options, List<OptionError> errors)
    {
        var symbols = options.Engine.Symbols.Select(s => s.Symbol).ToList();
        for (var i = 0; i < symbols.Count; i++)
        {
            var (path, other) = ($"Engine:Symbols:{i}:ConfirmedBy", options.Engine.Symbols[i].ConfirmedBy);
            if (other.Length > 0 && (other == symbols[i] || !symbols.Contains(other)))
                errors.Add(new OptionError(path, $"{path} was '{other}'; allowed is another symbol of Engine:Symbols: {string.Join(", ", symbols.Where(s => s != symbols[i]))}"));
        }
        for (var i = 0; i < options.Venue.Maintenance.Count; i++)
        {
            try
            {
                options.Venue.Maintenance[i].ToWindow();
            }
            catch (ArgumentException e)
            {
                errors.Add(new OptionError($"Venue:Maintenance:{i}", $"Venue:Maintenance:{i}:{e.Message}"));
            }
        }
        try
        {
            BracketFile.Read(options.Venue.LeverageBracketsFile, symbols);
        }
        catch (InvalidDataException e)
        {
            errors.Add(new OptionError("Venue:LeverageBracketsFile", $"Venue:LeverageBracketsFile: {e.Message}"));
        }
    }

    private static void CheckAddresses(GranaryOptions options, List<OptionError> errors)
    {
        if (!options.Exchange.Enabled) return;
        var port = new Uri(options.Operator.Url).Port;
        if (port != 0 && port == new Uri(options.Exchange.Url).Port)
            errors.Add(new OptionError("Exchange:Url", $"Exchange:Url was '{options.Exchange.Url}', whose port is that of Operator:Url; allowed is another port"));
    }

    private static void CheckExchange(GranaryOptions options, List<OptionError> errors)
    {
        if (!options.Exchange.Enabled) return;
        foreach (var symbol in options.Exchange.Symbols.Where(s => SymbolCatalog.Find(s) is null))
        {
            errors.Add(new OptionError(
                "Exchange:Symbols",
                $"Exchange:Symbols was '{symbol}', whose rules the built-in exchange does not know; allowed is "
                + string.Join(", ", SymbolCatalog.Defaults.Concat(SymbolCatalog.Samples).Select(r => r.Symbol))));
        }
        if (options.Venue.Name == VenueSection.BuiltIn)
        {
            foreach (var symbol in options.Engine.Symbols.Where(s => !options.Exchange.Symbols.Contains(s.Symbol)))
                errors.Add(new OptionError("Engine:Symbols", $"Engine:Symbols was '{symbol.Symbol}', which the venue does not list; allowed is a symbol of Exchange:Symbols"));
        }
        CheckTapes(options.Exchange, errors);
    }

    private static void CheckTapes(ExchangeSection exchange, List<OptionError> errors)
    {
        // Whether a file exists is seen when it is opened: a missing one stops its own symbol, not the silo.
        for (var i = 0; i < exchange.Tapes.Count; i++)
        {
            if (exchange.Tapes[i].File.Length == 0) errors.Add(new OptionError($"Exchange:Tapes:{i}:File", $"Exchange:Tapes:{i}:File is missing; allowed is a file name"));
            if (!exchange.Symbols.Contains(exchange.Tapes[i].Symbol))
                errors.Add(new OptionError($"Exchange:Tapes:{i}:Symbol", $"Exchange:Tapes:{i}:Symbol was '{exchange.Tapes[i].Symbol}'; allowed is a symbol of Exchange:Symbols"));
        }
        if (exchange.Market != MarketKind.Synthetic && exchange.Tapes.Count == 0)
            errors.Add(new OptionError("Exchange:Tapes", $"Exchange:Tapes has 0 entries; a {exchange.Market} market needs a file for at least one symbol"));
        if (exchange.Market == MarketKind.Synthetic && exchange.Tapes.Count > 0)
            errors.Add(new OptionError("Exchange:Tapes", $"Exchange:Tapes has {exchange.Tapes.Count} entries, which a Synthetic market does not read; set Exchange:Market to Replay or Capture"));
    }

    private static void CheckVenue(GranaryOptions options, List<OptionError> errors)
    {
        if (options.IsRealMoney() && !options.Venue.AllowRealMoney)
        {
            errors.Add(new OptionError(
                "Venue:AllowRealMoney",
                $"Venue:AllowRealMoney was 'false', and Venue:Name '{options.Venue.Name}' with these addresses trades real money; "
                + "set it to true if that is meant, or choose built-in, testnet or demo"));
        }
    }
}
