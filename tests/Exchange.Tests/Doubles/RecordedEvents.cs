using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Tests.Doubles;

/// <summary>Keeps what happened as objects, text lines and a running hash.</summary>
/// <param name="keepsAll">False keeps trades, orders and account changes only, as objects.</param>
internal sealed class RecordedEvents(bool keepsAll = true) : IExchangeEvents
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public List<string> Lines { get; } = [];

    public List<(string Symbol, AggTrade Trade)> Trades { get; } = [];

    public List<(string Account, ExecutionEvent Execution)> Orders { get; } = [];

    public List<(string Account, AccountEvent Change)> Accounts { get; } = [];

    public List<(string Symbol, DepthDiff Diff)> Depths { get; } = [];

    public List<(string Symbol, BookTicker Ticker)> Tickers { get; } = [];

    public List<(string Symbol, MarkPrice Mark)> Marks { get; } = [];

    public string Hash() => Convert.ToHexString(_hash.GetCurrentHash());

    public void OnAggTrade(string symbol, in AggTrade trade)
    {
        Trades.Add((symbol, trade));
        Add($"trade {symbol} {trade}");
    }

    public void OnBookTicker(string symbol, in BookTicker ticker)
    {
        if (!keepsAll) return;
        Tickers.Add((symbol, ticker));
        Add($"ticker {symbol} {ticker}");
    }

    public void OnMarkPrice(string symbol, in MarkPrice mark)
    {
        if (!keepsAll) return;
        Marks.Add((symbol, mark));
        Add($"mark {symbol} {mark}");
    }

    public void OnDepth(string symbol, DepthDiff diff)
    {
        if (!keepsAll) return;
        Depths.Add((symbol, diff));
        Add($"depth {symbol} {diff.FirstUpdateId} {diff.LastUpdateId} {diff.PreviousUpdateId} {string.Join(' ', diff.Bids)} {string.Join(' ', diff.Asks)}");
    }

    public void OnOrder(string account, ExecutionEvent execution)
    {
        Orders.Add((account, execution));
        Add($"order {account} {execution}");
    }

    public List<(string Account, ConditionalOrder Order)> Conditionals { get; } = [];

    public void OnConditional(string account, ConditionalOrder order)
    {
        Conditionals.Add((account, order));
        Add($"conditional {account} {order}");
    }

    public void OnAccount(string account, AccountEvent change)
    {
        Accounts.Add((account, change));
        Add($"account {account} {change.Reason} {change.Wallet} {string.Join(' ', change.Positions)}");
    }

    /// <summary>Liquidation orders as they were told last, in order.</summary>
    public IReadOnlyList<(string Symbol, ExchangeOrder Order)> ForceOrders =>
    [
        .. Orders.Select(o => o.Execution.Order).Where(order => order.Origin == OrderOrigin.Liquidation)
            .GroupBy(order => order.OrderId).Select(told => (told.Last().Symbol, told.Last())),
    ];

    public List<(string Account, MarginCall Call)> MarginCalls { get; } = [];

    public List<(string Account, MarginSettings Settings)> Settings { get; } = [];

    public void OnMarginCall(string account, MarginCall call)
    {
        MarginCalls.Add((account, call));
        Add($"call {account} {call.CrossBalance} {string.Join(' ', call.Positions)}");
    }

    public void OnSettings(string account, MarginSettings settings)
    {
        Settings.Add((account, settings));
        Add($"settings {account} {settings}");
    }

    private void Add(FormattableString line)
    {
        if (!keepsAll) return;
        var text = line.ToString(CultureInfo.InvariantCulture);
        Lines.Add(text);
        _hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
