using System.Globalization;
using Granary.Client.Cli;
using Granary.Exchange;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;
using Granary.Tape;

namespace Granary.Client.Serving;

/// <summary>Turns the command line of "exchange" into the exchange's options.</summary>
public sealed record ExchangeArguments
{
    private const decimal BalanceDefault = 100_000m;

    /// <summary>Upper-case symbols, as typed: several in one text are parted by commas. Empty for the default ones, or those of the replayed files.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>FILE or SYMBOL=FILE of recorded trades or of a socket capture. Empty for a synthetic market.</summary>
    public IReadOnlyList<string> Replays { get; init; } = [];

    /// <summary>Accounts as name=A,key=K,secret=S,balance=10000. Empty for the default one.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Seed of the synthetic market.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Market seconds per second.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Folder that relative file names start from.</summary>
    public required string Folder { get; init; }

    /// <summary>File with leverage brackets, or null for the built-in ones.</summary>
    public string? Brackets { get; init; }

    /// <summary>Hours between funding times.</summary>
    public int FundingHours { get; init; } = 8;

    /// <summary>Folder of the durable state, or null for memory only.</summary>
    public string? Data { get; init; }

    /// <summary>The options.</summary>
    /// <exception cref="ConsoleFailure">An argument is wrong; it is named.</exception>
    /// <exception cref="TapeException">A file to replay cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file with the brackets is wrong.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public ExchangeOptions ToOptions()
    {
        var symbols = Symbols.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        var tapes = Replays.Select(text => Replay(text, symbols)).ToList();
        if (symbols.Count == 0) symbols = [.. tapes.Select(tape => tape.Symbol)];
        if (tapes.GroupBy(tape => tape.Symbol, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Wrong("--replay", twice.Key, "one file a symbol");
        var options = new ExchangeOptions
        {
            Seed = Seed,
            Speed = Speed,
            FundingIntervalHours = FundingHours,
            DataPath = Data is null ? null : Path.GetFullPath(Data, Folder),
        };
        if (symbols.Count > 0) options = options with { Symbols = [.. symbols.Select(Rules)] };
        if (Accounts.Count > 0) options = options with { Accounts = [.. Accounts.Select(Account)] };
        if (Brackets is not null) options = options with { Brackets = BracketFile.Load(Path.GetFullPath(Brackets, Folder)) };
        if (tapes.Count == 0) return options;
        var kinds = tapes.Select(tape => KindOf(tape.File)).Distinct().ToList();
        if (kinds.Count > 1) throw Wrong("--replay", string.Join(", ", Replays), "trade files or socket captures, not both");
        return options with { Market = kinds[0], TapeFiles = tapes.ToDictionary(tape => tape.Symbol, tape => tape.File) };
    }

    /// <summary>One account as name=A,key=K,secret=S,balance=10000; the balance may be left out.</summary>
    /// <exception cref="ConsoleFailure">A part is missing, unknown or malformed; it is named, the secret never.</exception>
    public static ExchangeAccount Account(string text)
    {
        string? name = null, key = null, secret = null, balance = null;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var value = part[(equals + 1)..];
            if (equals < 0 || value.Length == 0) throw Malformed(part);
            switch (part[..equals])
            {
                case "name" when name is null: name = value; break;
                case "key" when key is null: key = value; break;
                case "secret" when secret is null: secret = value; break;
                case "balance" when balance is null: balance = value; break;
                default: throw Malformed(part);
            }
        }
        if (name is null || key is null || secret is null) throw Malformed(name is null ? "no name" : key is null ? "no key" : "no secret");
        var amount = BalanceDefault;
        if (balance is not null && (!decimal.TryParse(balance, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount) || amount <= 0))
            throw Malformed($"balance={balance}");
        return new ExchangeAccount(name, key, secret, amount);

        // The whole text is not repeated: it holds a secret.
        static ConsoleFailure Malformed(string part) => Wrong(
            "--account", part.StartsWith("secret=", StringComparison.Ordinal) ? "secret=..." : part, "name=A,key=K,secret=S,balance=10000, each once");
    }

    private static Granary.Engine.Market.SymbolRules Rules(string symbol) => SymbolCatalog.Find(symbol) ?? throw Wrong(
        "--symbols", symbol, string.Join(", ", SymbolCatalog.Defaults.Concat(SymbolCatalog.Samples).Select(rules => rules.Symbol)));

    private (string Symbol, string File) Replay(string text, IReadOnlyList<string> symbols)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && !File.Exists(Path.GetFullPath(text, Folder))) return (text[..equals], Path.GetFullPath(text[(equals + 1)..], Folder));
        if (symbols.Count != 1) throw Wrong("--replay", text, "SYMBOL=FILE, or FILE with one symbol in --symbols");
        return (symbols[0], Path.GetFullPath(text, Folder));
    }

    /// <summary>A file of trades or a socket capture, by what its first record is.</summary>
    private static MarketKind KindOf(string file)
    {
        try
        {
            _ = AggTradeTape.Read(file).FirstOrDefault();
            return MarketKind.Replay;
        }
        catch (TapeException noTape)
        {
            try
            {
                _ = SocketCapture.Read(file).First();
                return MarketKind.Capture;
            }
            catch (Exception e) when (e is TapeException or InvalidOperationException)
            {
                throw noTape;
            }
        }
    }

    private static ConsoleFailure Wrong(string option, string value, string allowed) => new(ExitCode.Usage, $"{option} was '{value}'", $"Allowed: {allowed}.");
}
