using Granary.Backtest.Results;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Performance;
using Granary.Engine.Selection;

namespace Granary.Backtest.Selection;

/// <summary>One run of the selector: all symbols' factors once, and each variant's account beside them.</summary>
internal sealed class SelectorRun : IDisposable
{
    public const string StrategyName = "selector";

    private const string Rebalanced = "rebalance";
    private const string Settled = "delisted";
    private const int PricesMax = 512;

    // The venue stamps a settlement up to some milliseconds after the hour it belongs to.
    private const long FundingGraceMs = 60_000;

    private readonly SelectorOptions _options;
    private readonly long _intervalMs;
    private readonly Action<SelectionEntry>? _onSelection;
    private readonly SelectorFeedState[] _symbols;
    private readonly Dictionary<string, SelectorFeedState> _bySymbol;
    private readonly Selector _selector;
    private readonly VariantRun[] _variants;
    private readonly ExclusionLog _exclusions = new();
    private readonly SymbolHistory[] _histories;
    private readonly decimal _cash;
    private long? _startMs;
    private long _endMs;
    private int _selections;

    public SelectorRun(IReadOnlyList<SelectorFeed> feeds, SelectorOptions options, long intervalMs, Action<SelectionEntry>? onSelection)
    {
        (_options, _intervalMs, _onSelection) = (options, intervalMs, onSelection);
        _symbols = [.. feeds.OrderBy(feed => feed.Symbol, StringComparer.Ordinal).Select(feed => new SelectorFeedState(feed, options.Selection, intervalMs))];
        _bySymbol = _symbols.ToDictionary(symbol => symbol.Symbol, StringComparer.Ordinal);
        _histories = [.. _symbols.Select(_ => new SymbolHistory())];
        _selector = new Selector(options.Selection);
        _cash = options.Cash ?? options.Selection.Capital;
        _variants = [.. options.Variants.Select(variant => new VariantRun(variant, new SelectorAccount(_cash, options.Costs)))];
    }

    /// <summary>Takes the candles that open at a moment, and does what is due at their end.</summary>
    public void Step(long openMs)
    {
        var now = openMs + _intervalMs;
        foreach (var symbol in _symbols) symbol.Take(openMs);
        if (!IsTrading(now))
        {
            foreach (var symbol in _symbols) symbol.FundingUntil(now + FundingGraceMs);
            return;
        }
        _startMs ??= Begin(now);
        _endMs = now;
        MarkAndFund(openMs, now);
        Settle(now);
        Look(now);
        Rebalance(openMs, now);
    }

    public SelectorResult End() =>
        new(_intervalMs, [.. _variants.Select(ToResult)], _exclusions.Entries, _selections);

    public void Dispose()
    {
        foreach (var variant in _variants) variant.Account.Dispose();
    }

    /// <summary>From the first moment at which a symbol can be eligible, and not before the one asked for.</summary>
    private bool IsTrading(long now) =>
        _startMs is not null || (now >= _options.FromMs && _symbols.Any(symbol => symbol.CandleCount >= Math.Max(_options.Selection.CandleCountMin, 1)));

    private long Begin(long now)
    {
        var day = now - (now % CandleGrid.DayMs);
        foreach (var variant in _variants) variant.Account.Journal.Day(day, _cash);
        return now;
    }

    private void MarkAndFund(long openMs, long now)
    {
        for (var i = 0; i < _symbols.Length; i++)
        {
            var symbol = _symbols[i];
            var rate = symbol.FundingUntil(now + FundingGraceMs);
            var isNew = symbol.IsStarted && symbol.Last.OpenTimeMs == openMs;
            if (isNew) _histories[i].Add(now, symbol.Last.Close);
            foreach (var variant in _variants)
            {
                if (isNew) variant.Account.Mark(symbol.Symbol, symbol.Last.Close);
                variant.Account.Fund(symbol.Symbol, rate);
            }
        }
    }

    /// <summary>A contract without a candle for as long as makes a symbol flat is taken for delisted: the venue settles it at its last price.</summary>
    private void Settle(long now)
    {
        var silentMs = (_options.Selection.FlatCountMax ?? 24) * _intervalMs;
        foreach (var variant in _variants)
        {
            foreach (var held in variant.Account.Held())
            {
                if (now - _bySymbol[held.Symbol].Last.OpenTimeMs <= silentMs) continue;
                var side = held.Quantity > 0 ? OrderSide.Sell : OrderSide.Buy;
                variant.Account.Fill(new PositionChange(held.Symbol, side, Math.Abs(held.Quantity), held.Price, IsReduction: true), held.Price, now, Settled);
            }
        }
    }

    private void Look(long now)
    {
        decimal? benchmark = _bySymbol.TryGetValue(_options.Benchmark, out var known) && known.IsStarted ? known.Last.Close : null;
        var isDayEnd = now % CandleGrid.DayMs == 0;
        foreach (var variant in _variants)
        {
            variant.Account.Look(now, benchmark);
            if (isDayEnd) variant.Account.Journal.Day(now, variant.Account.Equity);
        }
        if (!isDayEnd) return;
        foreach (var history in _histories) history.EndDay(now);
    }

    private void Rebalance(long openMs, long now)
    {
        SelectionEntry? entry = null;
        foreach (var variant in _variants)
        {
            if (!variant.Variant.IsDue(now, _intervalMs)) continue;
            entry ??= Select(openMs, now);
            variant.Rebalances++;
            if (!entry.Selection.IsSelected)
            {
                variant.Refused++;
                continue;
            }
            var plan = Rebalancer.Plan(entry.Targets, variant.Account.Held(), symbol => _bySymbol[symbol].Feed.Rules, _options.Tolerance);
            variant.BelowMinimum += plan.Skipped.Count(skip => skip.Reason == SkipReason.BelowMinimum);
            foreach (var change in plan.Reductions) Fill(variant, change, now);
            foreach (var change in plan.Openings) Fill(variant, change, now);
        }
    }

    private SelectionEntry Select(long openMs, long now)
    {
        var selection = _selector.Select(openMs, _symbols.Where(symbol => symbol.IsStarted).Select(symbol => symbol.ToRow()));
        _exclusions.Add(selection.Dropped, now);
        _selections++;
        var entry = new SelectionEntry(now, selection, PositionSizer.Assign(selection, _options.Selection, symbol => _bySymbol[symbol].Feed.Rules.StepSize));
        _onSelection?.Invoke(entry);
        return entry;
    }

    private void Fill(VariantRun variant, PositionChange change, long now)
    {
        var symbol = _bySymbol[change.Symbol];
        if (symbol.Opening(now) is not { Volume: > 0, Open: > 0 } next)
        {
            variant.Unfilled++;
            return;
        }

        // An opening whose closing found no market would turn into something else than was planned.
        if (!change.IsReduction && Math.Sign(variant.Account.QuantityOf(change.Symbol)) * (int)change.Side < 0) return;
        variant.Account.Fill(change, next.Open, now, Rebalanced);
        if (next.QuoteVolume > 0) variant.Account.Markets.Add(new FillMarket(change.Quantity * next.Open, next.QuoteVolume, Volatility(symbol.Last)));
    }

    private static double Volatility(in Kline candle) =>
        candle is { Low: > 0 } && candle.High > candle.Low ? Math.Log((double)(candle.High / candle.Low)) / (2 * Math.Sqrt(Math.Log(2))) : 0;

    private SelectorVariantResult ToResult(VariantRun variant)
    {
        var (account, journal) = (variant.Account, variant.Account.Journal);
        if (_startMs is not null && _endMs % CandleGrid.DayMs != 0) EndLastDay(journal, account.Equity);
        return new SelectorVariantResult(
            variant.Variant, ResultOf(account, journal), account.Longs, account.Shorts, account.Hours, NeutralityReport.Of(account.Hours, _options.Benchmark),
            CapacityReport.Of(account.Markets, account.Equity - _cash, _options.Selection.Capital, _options.Costs.ImpactMultiple), variant.Rebalances,
            variant.Refused, variant.BelowMinimum, variant.Unfilled);
    }

    /// <summary>A day that has begun counts as one, as in every backtest.</summary>
    private void EndLastDay(RunJournal journal, decimal equity)
    {
        var end = _endMs - (_endMs % CandleGrid.DayMs) + CandleGrid.DayMs;
        journal.Day(end, equity);
        foreach (var history in _histories) history.EndDay(end);
    }

    private BacktestResult ResultOf(SelectorAccount account, RunJournal journal)
    {
        double[] leverages = [.. journal.Leverages.Where(l => l > 0).Order()];
        decimal[] positions = [.. journal.Positions.Where(p => p > 0).Order()];

        // The benchmark stands first: the tear sheet compares to the first symbol.
        var symbols = _symbols.Select((symbol, i) => (symbol, history: _histories[i])).Where(pair => pair.history.Prices.Count > 0)
            .OrderBy(pair => pair.symbol.Symbol != _options.Benchmark).ThenBy(pair => pair.symbol.Symbol, StringComparer.Ordinal);
        return new BacktestResult
        {
            StartMs = _startMs ?? 0,
            EndMs = _endMs,
            Cash = _cash,
            Equity = account.Equity,
            Trades = journal.Trades,
            Days = journal.Days,
            Samples = journal.Samples,
            Symbols = [.. symbols.Select(pair => pair.history.ToSummary(pair.symbol, account.QuantityOf(pair.symbol.Symbol)))],
            OrderHash = journal.Hash,
            Orders = journal.Orders,
            Fills = journal.Fills,
            MakerFills = journal.MakerFills,
            StaleFills = journal.StaleFills,
            FillsBeyondMarket = journal.FillsBeyondMarket,
            HasBook = false,
            MakerNotional = journal.MakerNotional,
            Turnover = journal.Turnover,
            Fees = journal.Fees,
            Funding = journal.Funding,
            SlippageCost = journal.SlippageCost,
            Liquidations = journal.Liquidations,
            Shortfall = journal.Shortfall,
            DeepestDrawdown = journal.DeepestDrawdown,
            ExposureShare = journal.SampleCount == 0 ? 0 : (double)journal.ExposedCount / journal.SampleCount,
            Leverage = (journal.LeverageMax, journal.LeverageMean, Engine.Statistics.Sample.Quantile(leverages, 0.5)),
            PositionValue = (journal.PositionMax, positions.Length == 0 ? null : positions[positions.Length / 2]),
            Refusals = journal.Refusals,
            OrderEnds = journal.Ends,
            CancelsSent = journal.CancelsSent,
            OrderWaysMs = [],
            FillWaitsMs = [],
            Markouts = [],
        };
    }

    private sealed class VariantRun(SelectorVariant variant, SelectorAccount account)
    {
        public SelectorVariant Variant => variant;

        public SelectorAccount Account => account;

        public int Rebalances { get; set; }

        public int Refused { get; set; }

        public int BelowMinimum { get; set; }

        public int Unfilled { get; set; }
    }

    private sealed class SymbolHistory
    {
        private readonly Thinned<PricePoint> _prices = new(PricesMax);
        private readonly List<PricePoint> _days = [];
        private decimal _last;

        public IReadOnlyList<PricePoint> Prices => _prices.Items;

        public void Add(long timeMs, decimal close)
        {
            _last = close;
            _prices.Add(new PricePoint(timeMs, close));
        }

        public void EndDay(long dayEndMs)
        {
            if (_prices.Items.Count > 0 && (_days.Count == 0 || _days[^1].TimeMs < dayEndMs)) _days.Add(new PricePoint(dayEndMs, _last));
        }

        public SymbolSummary ToSummary(SelectorFeedState symbol, decimal quantity) => new(
            symbol.Symbol, symbol.CandleCount, 0, 0, "", quantity, symbol.IsStarted ? symbol.Last.CloseTimeMs : 0, _prices.Items, _days);
    }
}
