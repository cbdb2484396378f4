using System.Globalization;
using Granary.Engine.Performance;
using Granary.Engine.Risk;

namespace Granary.Backtest.Parity;

/// <summary>
/// Lays a live run over the backtest of the same market, order by order, and says of each difference whether the fill model explains it: time within the
/// latency, price within what the market showed meanwhile, size in the proportion of the equities, position another since one of these. What is left over is
/// <see cref="DifferenceKind.Unexplained"/>: the engines decided differently.
/// </summary>
public sealed class OverlayComparer
{
    // Equities that differ in digits that no size depends on.
    private const decimal SizeSlack = 1e-12m;

    private readonly OverlayOptions _options;
    private readonly OrderLog _live;
    private readonly OrderLog _backtest;
    private readonly WalletPath _liveWallet;
    private readonly WalletPath _backtestWallet;
    private readonly decimal _step;
    private readonly Dictionary<string, LoggedDecision> _liveDecisions;
    private readonly Dictionary<string, LoggedDecision> _backtestDecisions;

    private OverlayComparer(OrderLog live, OrderLog backtest, OverlayOptions options)
    {
        (_live, _backtest, _options) = (live, backtest, options);
        (_liveWallet, _backtestWallet) = (new WalletPath(live), new WalletPath(backtest));
        _step = StepOf(live, backtest);
        (_liveDecisions, _backtestDecisions) = (Decisions(live), Decisions(backtest));
    }

    /// <summary>Compares.</summary>
    /// <param name="live">The live run's orders.</param>
    /// <param name="backtest">The backtest's.</param>
    /// <param name="options">What the fill model explains; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public static Overlay Compare(OrderLog live, OrderLog backtest, OverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(live);
        ArgumentNullException.ThrowIfNull(backtest);
        options ??= new OverlayOptions();
        options.Validate();
        return new OverlayComparer(live, backtest, options).Run();
    }

    private Overlay Run()
    {
        var (live, backtest) = (OrderKeys.Of(_live), OrderKeys.Of(_backtest));
        var keys = live.Keys.Union(backtest.Keys).OrderBy(key => (live.GetValueOrDefault(key) ?? backtest[key]).DecidedMs).ThenBy(key => key, StringComparer.Ordinal);
        var pairs = new List<OrderPair>();
        var parted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var (own, model) = (live.GetValueOrDefault(key), backtest.GetValueOrDefault(key));
            List<OverlayDifference> differences = own is not null && model is not null ? Matched(key, own, model, parted) : [Alone(key, own, model, parted)];
            var pair = new OrderPair(key, own, model, differences);
            // A resting order filled otherwise has another entry price, and so its stops lie elsewhere.
            var isParting = !pair.IsMatched || (IsPlaced(own!, model!) && differences.Count > 0);
            if (isParting && pair.IsExplained) parted.Add(key);
            pairs.Add(pair);
        }
        var others = new List<OverlayDifference>();
        var bars = CompareBars(others);
        var decisions = CompareDecisions(others);
        return new Overlay(pairs, others, bars, decisions, Points(_live, _liveWallet), Points(_backtest, _backtestWallet));
    }

    private List<OverlayDifference> Matched(string key, LoggedOrder live, LoggedOrder backtest, HashSet<string> parted)
    {
        var found = Compared(key, live, backtest);
        if (OrderKeys.EntryOf(key) == key || !parted.Contains(OrderKeys.EntryOf(key))) return found;
        return found.ConvertAll(d => d is { Kind: DifferenceKind.Unexplained, Field: "decided" or "time" or "price" or "quantity" } ? d with { Kind = DifferenceKind.Path } : d);
    }

    private static bool IsPlaced(LoggedOrder live, LoggedOrder backtest) => live.Parts > 0 && backtest.Parts > 0;

    private List<OverlayDifference> Compared(string key, LoggedOrder live, LoggedOrder backtest)
    {
        var found = new List<OverlayDifference>();
        void Add(DifferenceKind kind, string field, FormattableString own, FormattableString model) =>
            found.Add(new OverlayDifference(kind, key, field, FormattableString.Invariant(own), FormattableString.Invariant(model)));
        if (live.Side != backtest.Side) Add(DifferenceKind.Unexplained, "side", $"{live.Side}", $"{backtest.Side}");
        if (live.Type != backtest.Type) Add(DifferenceKind.Unexplained, "type", $"{live.Type}", $"{backtest.Type}");
        if (live.DecidedMs != backtest.DecidedMs)
        {
            // An entry is decided by its bar alone; an exit also by when the entry was known to be filled.
            var isLate = live.Purpose == ProposalKind.Exit && Math.Abs(live.DecidedMs - backtest.DecidedMs) <= _options.TimeMsMax;
            Add(isLate ? DifferenceKind.Latency : DifferenceKind.Unexplained, "decided", $"{live.DecidedMs}", $"{backtest.DecidedMs}");
        }
        if (live.Quantity != backtest.Quantity)
            Add(IsSizeOfEquity(live, backtest) ? DifferenceKind.Equity : DifferenceKind.Unexplained, "quantity", $"{live.Quantity:G29}", $"{backtest.Quantity:G29}");

        // What rests is filled as its place in the queue has it: that is the fill model's part of an order placed in parts.
        var isPlaced = IsPlaced(live, backtest);
        if ((live.Filled == live.Quantity) != (backtest.Filled == backtest.Quantity))
            Add(isPlaced ? DifferenceKind.Fill : DifferenceKind.Unexplained, "filled", $"{live.Filled:G29}", $"{backtest.Filled:G29}");
        if (live.Price is not { } price || backtest.Price is not { } model) return found;
        if (live.LastMs != backtest.LastMs)
        {
            var isLate = Math.Abs(live.LastMs - backtest.LastMs) <= _options.TimeMsMax;
            Add(isLate ? DifferenceKind.Latency : DifferenceKind.Unexplained, "time", $"{live.LastMs}", $"{backtest.LastMs}");
        }
        if (price != model) Add(IsPriceOfMarket(live, backtest) ? DifferenceKind.Price : DifferenceKind.Unexplained, "price", $"{price:G29}", $"{model:G29}");
        var (fee, modelFee) = (live.Fees / (price * live.Filled), backtest.Fees / (model * backtest.Filled));
        if (Math.Abs(fee - modelFee) > 1e-9m)
            Add(isPlaced && IsMixed(live, backtest) ? DifferenceKind.Fill : DifferenceKind.Unexplained, "fee rate", $"{fee:0.##########}", $"{modelFee:0.##########}");
        return found;
    }

    /// <summary>Whether one of the two rested for more of its fills than the other.</summary>
    private static bool IsMixed(LoggedOrder live, LoggedOrder backtest) =>
        live.Fills.Concat(backtest.Fills).Any(f => f.IsMaker) && live.Fills.Concat(backtest.Fills).Any(f => !f.IsMaker);

    /// <summary>An entry is sized by the equity, an exit by its entry: both are in proportion, and within one step of it by rounding.</summary>
    private bool IsSizeOfEquity(LoggedOrder live, LoggedOrder backtest)
    {
        var (low, high) = _liveWallet.Known(live.DecidedMs, _options.TimeMsMax);
        var model = _backtestWallet.Known(backtest.DecidedMs, 0).High;
        if (model <= 0) return false;
        var slack = (live.Purpose == ProposalKind.Exit ? 2 * _step : _step) + (SizeSlack * live.Quantity);
        return live.Quantity >= (backtest.Quantity * low / model) - slack && live.Quantity <= (backtest.Quantity * high / model) + slack;
    }

    private bool IsPriceOfMarket(LoggedOrder live, LoggedOrder backtest)
    {
        var slack = _options.PriceShareMax * backtest.Price!.Value;
        if (Math.Abs(live.Price!.Value - backtest.Price.Value) <= slack) return true;
        if (_options.Market?.Invoke(live.Symbol, Math.Min(live.DecidedMs, backtest.DecidedMs), Math.Max(live.LastMs, backtest.LastMs)) is not var (low, high))
            return false;
        return live.Fills.Concat(backtest.Fills).All(f => f.Price >= low - slack && f.Price <= high + slack);
    }

    private OverlayDifference Alone(string key, LoggedOrder? live, LoggedOrder? backtest, HashSet<string> parted)
    {
        var order = (live ?? backtest)!;
        var kind = WhyAlone(key, order, isLive: live is not null, parted);
        var decisions = live is null ? _liveDecisions : _backtestDecisions;
        var missing = decisions.GetValueOrDefault(key) is { Refusal.Length: > 0 } refused ? $"refused: {refused.Refusal}" : "none";
        var has = string.Create(CultureInfo.InvariantCulture, $"{order.Side} {order.Quantity:G29} at {order.DecidedMs}");
        return new OverlayDifference(kind, key, "order", live is null ? missing : has, live is null ? has : missing);
    }

    private DifferenceKind WhyAlone(string key, LoggedOrder order, bool isLive, HashSet<string> parted)
    {
        var entry = OrderKeys.EntryOf(key);
        if (entry != key) return parted.Contains(entry) || order.Fills.Count == 0 ? DifferenceKind.Path : DifferenceKind.Unexplained;
        var refusal = (isLive ? _backtestDecisions : _liveDecisions).GetValueOrDefault(key)?.Refusal;
        if (refusal is not (nameof(RefusalReason.PositionAlreadyOpen) or nameof(RefusalReason.OrderInFlight))) return DifferenceKind.Unexplained;

        // Refused because of the position: it was just changing, or it is one that an explained difference left there.
        var other = isLive ? _backtest : _live;
        var isChanging = other.Orders.Any(o => o.Symbol == order.Symbol && o.Fills.Any(f => Math.Abs(f.TimeMs - order.DecidedMs) <= _options.TimeMsMax));
        if (isChanging) return DifferenceKind.Latency;
        var held = other.Orders.LastOrDefault(o => o.Symbol == order.Symbol && o.Purpose == ProposalKind.Entry && o.DecidedMs <= order.DecidedMs && o.Fills.Count > 0);
        return held is not null && parted.Contains(held.IntentId) ? DifferenceKind.Path : DifferenceKind.Unexplained;
    }

    private long CompareBars(List<OverlayDifference> others)
    {
        var same = 0L;
        foreach (var bars in _live.Bars)
        {
            if (_backtest.Bars.FirstOrDefault(b => b.Symbol == bars.Symbol) is not { } model) continue;
            if (bars.Digest == model.Digest) same += bars.Bars;
            else others.Add(new OverlayDifference(DifferenceKind.Unexplained, bars.Symbol, "bars", $"{bars.Bars} {bars.Digest}", $"{model.Bars} {model.Digest}"));
        }
        return same;
    }

    private long CompareDecisions(List<OverlayDifference> others)
    {
        if (_live.Decisions.Count == 0 || _backtest.Decisions.Count == 0) return 0;
        var until = Math.Min(_live.DecisionsUntilMs, _backtest.DecisionsUntilMs);
        var same = 0L;
        foreach (var key in _liveDecisions.Keys.Union(_backtestDecisions.Keys))
        {
            var (live, backtest) = (_liveDecisions.GetValueOrDefault(key), _backtestDecisions.GetValueOrDefault(key));
            if ((live ?? backtest)!.MarketTimeMs >= until) continue;
            if (live is null || backtest is null) others.Add(new OverlayDifference(DifferenceKind.Unexplained, key, "decision", Text(live), Text(backtest)));
            else if ((live.Side, live.Strength, live.BarIndex, live.MarketTimeMs) != (backtest.Side, backtest.Strength, backtest.BarIndex, backtest.MarketTimeMs))
                others.Add(new OverlayDifference(DifferenceKind.Unexplained, key, "decision", Text(live), Text(backtest)));
            else same++;
        }
        return same;
    }

    private static string Text(LoggedDecision? decision) => decision is null
        ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{decision.Side} {decision.Strength:R} bar {decision.BarIndex} at {decision.MarketTimeMs}");

    private static Dictionary<string, LoggedDecision> Decisions(OrderLog log)
    {
        // An intent that was asked for again is what it was told last.
        var found = new Dictionary<string, LoggedDecision>(StringComparer.Ordinal);
        foreach (var decision in log.Decisions) found[decision.IntentId] = decision;
        return found;
    }

    private static EquityPoint[] Points(OrderLog log, WalletPath wallet) =>
        [new EquityPoint(log.Orders.Count > 0 ? log.Orders[0].DecidedMs : 0, log.Cash), .. wallet.Points];

    /// <summary>The smallest unit that any quantity is told in.</summary>
    private static decimal StepOf(OrderLog live, OrderLog backtest)
    {
        var step = 1m;
        foreach (var order in live.Orders.Concat(backtest.Orders))
        {
            while (order.Quantity % step != 0) step /= 10;
        }
        return step;
    }
}
