using Granary.Engine.Market;
using Granary.Engine.Risk;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;

namespace Granary.Exchange;

/// <summary>Everything that can be set on the exchange's core. <see cref="Validate"/> names a wrong option, its value and its range.</summary>
public sealed record ExchangeOptions
{
    /// <value>Listed symbols with their rules. Default BTCUSDT, ETHUSDT, SOLUSDT; 1 to 1000, each once.</value>
    public IReadOnlyList<SymbolRules> Symbols { get; init; } = SymbolCatalog.Defaults;

    /// <value>
    /// Who may trade. Default one account: name main, key granary-test-key, secret granary-test-secret, 100,000 USDT; 1 to 1000, names and keys unique.
    /// </value>
    public IReadOnlyList<ExchangeAccount> Accounts { get; init; } = [new ExchangeAccount("main", "granary-test-key", "granary-test-secret", 100_000m)];

    /// <value>Fraction of the notional a resting order pays. Default 0.0002; -0.01 to 0.01.</value>
    public decimal MakerFee { get; init; } = FeeRates.Regular.Maker;

    /// <value>Fraction of the notional an incoming order pays. Default 0.0005; 0 to 0.01.</value>
    public decimal TakerFee { get; init; } = FeeRates.Regular.Taker;

    /// <value>Leverage of a symbol until the account sets its own; at most what the symbol's brackets allow. Default 20; 1 to 125.</value>
    public int Leverage { get; init; } = 20;

    /// <value>
    /// Leverage brackets by symbol (see <see cref="BracketFile"/> for files). Default those of <see cref="BracketCatalog"/>; a symbol that is missing has a
    /// single bracket with <see cref="MaintenanceMarginRate"/>.
    /// </value>
    public IReadOnlyDictionary<string, IReadOnlyList<LeverageBracket>> Brackets { get; init; } = BracketCatalog.Defaults;

    /// <value>
    /// File of leverage brackets (see <see cref="BracketFile"/>), read when the exchange opens; its symbols take the place of those in <see cref="Brackets"/>.
    /// Default none.
    /// </value>
    public string? BracketPath { get; init; }

    /// <value>Maintenance margin of symbols without brackets, a fraction of the notional at the mark. Default 0.005; 0 to 0.5.</value>
    public decimal MaintenanceMarginRate { get; init; } = 0.005m;

    /// <value>Fraction of a liquidation order's traded notional that goes to the insurance fund. Default 0.0125; 0 to 0.1.</value>
    public decimal LiquidationFee { get; init; } = 0.0125m;

    /// <value>USDT of the insurance fund at the very first start. Default 1,000,000; 0 to 10^12.</value>
    public decimal InsuranceFund { get; init; } = 1_000_000m;

    /// <value>Whether accounts on the other side are deleveraged when the insurance fund cannot bear a loss; otherwise it goes below 0. Default true.</value>
    public bool Deleverages { get; init; } = true;

    /// <value>Margin ratio at which an account is warned (MARGIN_CALL). Default 0.8; above 0 to 1.</value>
    public decimal MarginCallRatio { get; init; } = 0.8m;

    /// <value>Wallet changes remembered per account, the oldest is forgotten. Default 50,000; 1 to 10,000,000.</value>
    public int IncomeMax { get; init; } = 50_000;

    /// <value>How far from the mark a market order may trade, a fraction. Default 0.05; above 0 to 0.5.</value>
    public decimal MarketTakeBound { get; init; } = 0.05m;

    /// <value>Funding rate of a market that brings none of its own, a fraction per interval. Default 0.0001; -0.02 to 0.02.</value>
    public decimal FundingRate { get; init; } = 0.0001m;

    /// <value>Hours between funding times. Default 8; 1 to 24.</value>
    public int FundingIntervalHours { get; init; } = 8;

    /// <value>Which market runs. Default Synthetic.</value>
    public MarketKind Market { get; init; } = MarketKind.Synthetic;

    /// <value>Seed of the synthetic market. Default 1; any.</value>
    public ulong Seed { get; init; } = 1;

    /// <value>Market seconds per real second; 0 is as fast as it goes. Default 1; 0 to 1,000,000.</value>
    public double Speed { get; init; } = 1;

    /// <value>Behaviour of the synthetic symbols; one that is missing takes <see cref="SyntheticProfile.Defaults"/>.</value>
    public IReadOnlyList<SyntheticProfile> Profiles { get; init; } = SyntheticProfile.Defaults;

    /// <value>
    /// File of profiles (see <see cref="SyntheticProfileFile"/>), read when the exchange opens; they take the place of those of the same symbols in
    /// <see cref="Profiles"/>. Default none.
    /// </value>
    public string? ProfilePath { get; init; }

    /// <value>Market time at the very first start of a synthetic market, milliseconds since the Unix epoch, UTC; null (default) for the clock's.</value>
    public long? StartTimeMs { get; init; }

    /// <value>One tape (replay) or socket capture per symbol: upper-case symbol to file. Default none.</value>
    public IReadOnlyDictionary<string, string> TapeFiles { get; init; } = new Dictionary<string, string>();

    /// <value>Where our resting orders stand in a recorded market. Default Back.</value>
    public QueueModel QueueModel { get; init; } = QueueModel.Back;

    /// <value>Exponent n of the power models of <see cref="QueueModel"/>. Default 3; 0.1 to 100.</value>
    public double QueuePower { get; init; } = 3;

    /// <value>How long market data and orders are under way; null (default) for no time.</value>
    public LatencyOptions? Latency { get; init; }

    /// <value>Whether a recorded market runs at once; otherwise it waits to be started. Default true.</value>
    public bool StartsAtOnce { get; init; } = true;

    /// <value>Folder of the durable state; null (default) keeps everything in memory.</value>
    public string? DataPath { get; init; }

    /// <value>Aggregate trades per history segment. Default 100,000; 16 to 10,000,000.</value>
    public int HistorySegmentTrades { get; init; } = 100_000;

    /// <value>History segments kept per symbol, the oldest is dropped. Default 10; 2 to 1000.</value>
    public int HistorySegmentsMax { get; init; } = 10;

    /// <value>Finished orders remembered per account, the oldest is forgotten. Default 10,000; 0 to 1,000,000.</value>
    public int FinishedOrdersMax { get; init; } = 10_000;

    /// <value>Fills remembered per account and symbol, the oldest is forgotten. Default 50,000; 1 to 10,000,000.</value>
    public int FillsMax { get; init; } = 50_000;

    /// <value>Log bytes after which a snapshot is taken and the log starts anew. Default 16 MiB; 4 KiB to 1 GiB.</value>
    public long LogBytesMax { get; init; } = 16 << 20;

    /// <value>Market time between published depth diffs. Default 100 ms; 1 to 60,000.</value>
    public int DepthIntervalMs { get; init; } = 100;

    /// <value>Market time between published mark prices. Default 1000 ms; 100 to 60,000.</value>
    public int MarkIntervalMs { get; init; } = 1000;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">Names the option, its value and the allowed range.</exception>
    public void Validate()
    {
        Range(nameof(MakerFee), MakerFee, -0.01m, 0.01m);
        Range(nameof(TakerFee), TakerFee, 0, 0.01m);
        Range(nameof(Leverage), Leverage, 1, 125);
        Range(nameof(MaintenanceMarginRate), MaintenanceMarginRate, 0, 0.5m);
        Range(nameof(LiquidationFee), LiquidationFee, 0, 0.1m);
        Range(nameof(InsuranceFund), InsuranceFund, 0, 1_000_000_000_000m);
        Range(nameof(MarginCallRatio), MarginCallRatio, 0.01m, 1);
        Range(nameof(IncomeMax), IncomeMax, 1, 10_000_000);
        foreach (var (symbol, brackets) in Brackets) _ = new BracketTable(symbol, brackets);
        foreach (var account in Accounts)
        {
            Range($"Accounts[{account.Name}].MakerFee", account.MakerFee ?? 0, -0.01m, 0.01m);
            Range($"Accounts[{account.Name}].TakerFee", account.TakerFee ?? 0, 0, 0.01m);
            Range($"Accounts[{account.Name}].FeeAsset.Price", account.FeeAsset?.Price ?? 1, 0.00000001m, 1_000_000_000m);
        }
        Range(nameof(MarketTakeBound), MarketTakeBound, 0.0001m, 0.5m);
        Range(nameof(FundingRate), FundingRate, -0.02m, 0.02m);
        Range(nameof(FundingIntervalHours), FundingIntervalHours, 1, 24);
        if (double.IsNaN(Speed) || Speed < 0 || Speed > 1_000_000) throw Wrong(nameof(Speed), Speed, "0 to 1000000");
        Range(nameof(HistorySegmentTrades), HistorySegmentTrades, 16, 10_000_000);
        Range(nameof(HistorySegmentsMax), HistorySegmentsMax, 2, 1000);
        Range(nameof(FinishedOrdersMax), FinishedOrdersMax, 0, 1_000_000);
        Range(nameof(FillsMax), FillsMax, 1, 10_000_000);
        Range(nameof(LogBytesMax), LogBytesMax, 4096, 1 << 30);
        Range(nameof(DepthIntervalMs), DepthIntervalMs, 1, 60_000);
        Range(nameof(MarkIntervalMs), MarkIntervalMs, 100, 60_000);
        Range("Symbols.Count", Symbols.Count, 1, 1000);
        Range("Accounts.Count", Accounts.Count, 1, 1000);
        Unique(nameof(Symbols), Symbols.Select(s => s.Symbol));
        Unique("Accounts.Name", Accounts.Select(a => a.Name));
        Unique("Accounts.ApiKey", Accounts.Select(a => a.ApiKey));
        Unique("Profiles.Symbol", Profiles.Select(p => p.Symbol));
        foreach (var rules in Symbols) CheckRules(rules);
        foreach (var profile in Profiles) CheckProfile(profile);
        Range(nameof(QueuePower), QueuePower, 0.1, 100);
        Latency?.Validate();
        if (Market == MarketKind.Synthetic) return;
        if (Market == MarketKind.Replay && QueueModel > QueueModel.Front)
        {
            throw new ArgumentException(
                $"QueueModel was {QueueModel}; trades alone tell nothing of the queue: choose Back or Front, or a Capture with its book");
        }
        if (TapeFiles.Count == 0) throw new ArgumentException($"TapeFiles was empty; a {Market} market needs a file for at least one symbol");
    }

    private static void CheckRules(SymbolRules rules)
    {
        if (rules.Symbol.Length is 0 or > 32 || !rules.Symbol.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
            throw Wrong("Symbols.Symbol", rules.Symbol, "1 to 32 upper-case letters, digits or underscores");
        Range(rules.Symbol + ".TickSize", rules.TickSize, 0.00000001m, 1_000_000m);
        Range(rules.Symbol + ".StepSize", rules.StepSize, 0.00000001m, 1_000_000m);
        Range(rules.Symbol + ".OrdersMax", rules.OrdersMax, 1, 10_000);
    }

    private static void CheckProfile(SyntheticProfile profile)
    {
        var name = $"Profiles[{profile.Symbol}].";
        Range(name + nameof(profile.Price), profile.Price, 0.00000001m, 1_000_000_000m);
        Range(name + nameof(profile.TradesPerSecond), profile.TradesPerSecond, 0.1, 1000);
        Range(name + nameof(profile.TakerQuantity), profile.TakerQuantity, 0.00000001m, 1_000_000_000m);
        Range(name + nameof(profile.VolatilityBps), profile.VolatilityBps, 0, 100);
        Range(name + nameof(profile.ImpactBps), profile.ImpactBps, 0, 10);
        Range(name + nameof(profile.BurstSeconds), profile.BurstSeconds, 1, 86_400);
        Range(name + nameof(profile.QuietSeconds), profile.QuietSeconds, 1, 86_400);
        Range(name + nameof(profile.RequoteMs), profile.RequoteMs, 10, 60_000);
        Range(name + "Moves.Count", profile.Moves.Count, 0, 1000);
        foreach (var move in profile.Moves)
        {
            Range(name + "Moves.DurationMs", move.DurationMs, 1, 86_400_000);
            Range(name + "Moves.Share", move.Share, -0.95, 10);
        }
        Range(name + nameof(profile.SpreadBps), profile.SpreadBps, 0, 1000);
        Range(name + nameof(profile.DepthScale), profile.DepthScale, 0.01, 100);
        Range(name + nameof(profile.TrendBpsPerHour), profile.TrendBpsPerHour, -10_000, 10_000);
        Range(name + nameof(profile.Clustering), profile.Clustering, 0, 0.95);
        Range(name + nameof(profile.ClusterSeconds), profile.ClusterSeconds, 0.01, 3600);
        Range(name + nameof(profile.VolatilityReaction), profile.VolatilityReaction, 0, 0.5);
        Range(name + nameof(profile.VolatilityPersistence), profile.VolatilityPersistence, 0, 0.999);
        var stays = profile.VolatilityReaction == 0 ? 0 : profile.VolatilityReaction + profile.VolatilityPersistence;
        Range(name + "VolatilityReaction + VolatilityPersistence", stays, 0, 0.9999);
        Range(name + nameof(profile.CrashesPerDay), profile.CrashesPerDay, 0, 10_000);
        Range(name + nameof(profile.CrashBps), profile.CrashBps, 0, 9000);
        Range(name + nameof(profile.CrashSeconds), profile.CrashSeconds, 0.1, 86_400);
        Range(name + nameof(profile.CrashRecovery), profile.CrashRecovery, 0, 1);
        Range(name + nameof(profile.CrashDepth), profile.CrashDepth, 0.01, 1);
        Range(name + nameof(profile.ThinFromHour), profile.ThinFromHour, 0, 23);
        Range(name + nameof(profile.ThinToHour), profile.ThinToHour, 0, 23);
        Range(name + nameof(profile.ThinShare), profile.ThinShare, 0.01, 1);
    }

    private static void Range<T>(string name, T value, T min, T max)
        where T : IComparable<T>
    {
        if (!(value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0)) throw Wrong(name, value, $"{min} to {max}");
    }

    private static void Unique(string name, IEnumerable<string> values)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
            if (!seen.Add(value)) throw Wrong(name, value, "each value once");
    }

    private static ArgumentException Wrong(string name, object? value, string range) => new($"{name} was {value}; allowed is {range}");
}
