using Granary.Exchange.Contracts;

namespace Granary.Exchange.Tests.Protocol;

/// <summary>Margin, funding and transfers: calls are noted, answers are set.</summary>
internal sealed partial class FakeExchange
{
    public List<LeverageBracket> Brackets { get; } = [.. BracketCatalog.Defaults["BTCUSDT"]];

    public MarginSettings Settings { get; set; } = new("BTCUSDT", MarginType.Crossed, 20, 100_000_000m);

    public bool IsHedged { get; set; }

    public CommissionRates Commission { get; set; } = new(0.0002m, 0.0004m);

    public List<IncomeRecord> Income { get; } = [];

    public List<ExchangeOrder> ForceOrders { get; } = [];

    public List<FundingRecord> Fundings { get; } = [];

    public ExchangeTotals Totals { get; set; } = new(100_000m, 0, 0, 0, 0, 0, 100_000m, 0);

    public IReadOnlyList<LeverageBracket> GetBrackets(string symbol) => Brackets;

    public MarginSettings GetSettings(string account, string symbol) => Settings with { Symbol = symbol };

    public bool IsHedgeMode(string account) => IsHedged;

    public CommissionRates GetCommission(string account) => Commission;

    public void SetHedgeMode(string account, bool isHedged)
    {
        Calls.Add($"SetHedgeMode {account} {isHedged}");
        IsHedged = isHedged;
    }

    public MarginSettings SetLeverage(string account, string symbol, int leverage)
    {
        Calls.Add($"SetLeverage {account} {symbol} {leverage}");
        return Settings = Settings with { Symbol = symbol, Leverage = leverage };
    }

    public void SetMarginType(string account, string symbol, MarginType type)
    {
        Calls.Add($"SetMarginType {account} {symbol} {type}");
        Settings = Settings with { Symbol = symbol, MarginType = type };
    }

    public void MovePositionMargin(string account, string symbol, PositionSide side, decimal amount) =>
        Calls.Add($"MovePositionMargin {account} {symbol} {side} {amount}");

    public IReadOnlyList<PositionMarginMove> GetPositionMarginMoves(string account, string symbol) => [];

    public ExchangeWallet Transfer(string account, decimal amount)
    {
        Calls.Add($"Transfer {account} {amount}");
        return Wallet;
    }

    public IReadOnlyList<IncomeRecord> GetIncome(string account, string? symbol, string? type, long startMs, long endMs, int limit) =>
        [.. Income.Where(i => i.TimeMs >= startMs && i.TimeMs <= endMs && (symbol ?? i.Symbol) == i.Symbol && (type ?? i.Type) == i.Type).Take(limit)];

    public IReadOnlyList<ExchangeOrder> GetForceOrders(string account, string? symbol) => [.. ForceOrders.Where(o => (symbol ?? o.Symbol) == o.Symbol)];

    public IReadOnlyList<FundingRecord> GetFundingRates(string symbol, long startMs, long endMs, int limit) =>
        [.. Fundings.Where(f => f.Symbol == symbol && f.TimeMs >= startMs && f.TimeMs <= endMs).Take(limit)];

    public ExchangeTotals GetTotals() => Totals;
}
