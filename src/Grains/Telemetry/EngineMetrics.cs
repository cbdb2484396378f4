using System.Diagnostics.Metrics;
using Granary.Engine.Execution.Slippage;

namespace Granary.Grains.Telemetry;

/// <summary>The engine's instruments, all on the meter "Granary". Names follow Prometheus: noun first, unit last.</summary>
public sealed class EngineMetrics
{
    private readonly Histogram<double> _slippageBps;
    private readonly Histogram<double> _slippageForecastBps;
    private readonly Gauge<double> _slippageBiasBps;
    private readonly Gauge<double> _slippageCost;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">The host's factory; the meter ends with it.</param>
    public EngineMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(new MeterOptions("Granary"));
        Trades = meter.CreateCounter<long>("granary_trades_total", "trades", "Aggregate trades taken over by symbol grains.");
        Batches = meter.CreateCounter<long>("granary_batches_total", "batches", "Trade batches handed to symbol grains.");
        Bars = meter.CreateCounter<long>("granary_bars_total", "bars", "Volume bars closed.");
        Rejects = meter.CreateCounter<long>("granary_frames_rejected_total", "frames", "Market frames that could not be understood.");
        Backfilled = meter.CreateCounter<long>("granary_trades_backfilled_total", "trades", "Trades fetched over REST to fill a hole.");
        Holes = meter.CreateCounter<long>("granary_holes_total", "holes", "Holes in trade ids that could not be filled.");
        Reconnects = meter.CreateCounter<long>("granary_stream_connections_total", "connections", "Stream connections made or lost, by state.");
        Approvals = meter.CreateCounter<long>("granary_approvals_total", "proposals", "Proposals approved.");
        Refusals = meter.CreateCounter<long>("granary_refusals_total", "proposals", "Proposals refused, by reason.");
        Orders = meter.CreateCounter<long>("granary_orders_total", "orders", "Orders by outcome of their request.");
        Fills = meter.CreateCounter<long>("granary_fills_total", "fills", "Fills booked.");
        ReconcileDifferences = meter.CreateCounter<long>("granary_reconcile_differences_total", "differences", "Differences that a reconciliation found.");
        TickToOrderMs = meter.CreateHistogram<double>("granary_tick_to_order_ms", "ms", "From the socket frame to the order request being written.");
        TickToDecisionMs = meter.CreateHistogram<double>("granary_tick_to_decision_ms", "ms", "From the socket frame to the strategies' answers for the bar it closed.");
        TickToBarMs = meter.CreateHistogram<double>("granary_tick_to_bar_ms", "ms", "From the socket frame to the closed bar, before the strategies are asked.");
        OrderRoundTripMs = meter.CreateHistogram<double>("granary_order_round_trip_ms", "ms", "From the order request to the venue's answer.");
        PlacementSlippageBps = meter.CreateHistogram<double>("granary_placement_slippage_bps", "bps", "How much worse than the decision's price placed orders filled.");
        PlacementRejects = meter.CreateCounter<long>("granary_placement_rejects_total", "orders", "Post-only orders that the venue refused because they would take.");
        _slippageBps = meter.CreateHistogram<double>("granary_slippage_bps", "bps", "How much worse than their arrival prices orders filled.");
        _slippageForecastBps = meter.CreateHistogram<double>("granary_slippage_forecast_bps", "bps", "How much worse they were expected to fill.");
        _slippageBiasBps = meter.CreateGauge<double>("granary_slippage_bias_bps", "bps", "Mean of what slippage was less what was expected.");
        _slippageCost = meter.CreateGauge<double>("granary_slippage_cost", "USDT", "Cost of orders so far by part: delay, spread, impact, opportunity, fees.");
        Equity = meter.CreateGauge<double>("granary_account_equity", "USDT", "Wallet plus unrealised PnL.");
        Profit = meter.CreateGauge<double>("granary_account_profit", "USDT", "Profit and loss: realised since the books were opened, unrealised now, realised today net of fees.");
        Fees = meter.CreateGauge<double>("granary_account_fees", "USDT", "Fees since the books were opened.");
        UnknownOrders = meter.CreateGauge<int>("granary_account_unknown_orders", "orders", "Orders whose outcome is unknown.");
        LiveOrders = meter.CreateGauge<int>("granary_account_live_orders", "orders", "Orders that are not final.");
        Exposure = meter.CreateGauge<double>("granary_account_exposure", "USDT", "Positions at the mark price, by side.");
        ValueAtRisk = meter.CreateGauge<double>("granary_account_value_at_risk", "USDT", "Value at risk of the book over one period, by method and confidence.");
        ExpectedShortfall = meter.CreateGauge<double>(
            "granary_account_expected_shortfall", "USDT", "Expected shortfall of the book over one period, by method and confidence.");
        Stress = meter.CreateGauge<double>("granary_account_stress_profit", "USDT", "Profit of the book in a stress scenario.");
        LimitUse = meter.CreateGauge<double>("granary_account_limit_use_ratio", "1", "Used share of a limit.");
        MarginRatio = meter.CreateGauge<double>("granary_account_margin_ratio", "1", "Maintenance margin over equity; the venue liquidates at 1.");
        LiquidationDistance = meter.CreateGauge<double>(
            "granary_account_liquidation_distance_ratio", "1", "Share that all prices may move against the book before it is liquidated.");
        Drawdown = meter.CreateGauge<double>("granary_account_drawdown_ratio", "1", "Fall of equity from the highest of 7 days.");
        FeedHealth = meter.CreateGauge<int>(
            "granary_feed_health", "1", "The market feed beside its backups: 0 unverified, 1 agreeing, 2 stale, 3 diverging, 4 all stale.");
        FeedDeviationBps = meter.CreateGauge<double>("granary_feed_deviation_bps", "bp", "Mean deviation of the market feed from its backups.");
        WatchdogVerdicts = meter.CreateCounter<long>("granary_watchdog_verdicts_total", "verdicts", "What the watchdog found and found to be over, by kind.");
        WatchdogOpen = meter.CreateGauge<int>("granary_watchdog_open", "1", "What the watchdog found and holds now, by kind.");
        WatchdogRestarts = meter.CreateCounter<long>("granary_watchdog_restarts_total", "restarts", "Stuck grains that were begun anew.");
        WatchdogQueue = meter.CreateGauge<long>("granary_watchdog_queue_length", "1", "Entries that wait in a queue that is reported, by queue.");
        QuotesConflated = meter.CreateCounter<long>("granary_quotes_conflated_total", "quotes", "Quotes that a newer one replaced before the symbol saw them.");
        Stop = meter.CreateGauge<double>("granary_account_stop", "1", "The kill switch: 0 none, 1 reduce only, 2 halt, 3 flatten.");
    }

    /// <summary>An order is over: what it cost, and the sums of its group.</summary>
    public void RecordSlippage(string account, in OrderShortfall order, in SlippageSummary group)
    {
        KeyValuePair<string, object?>[] tags =
            [new("account", account), new("symbol", group.Symbol), new("strategy", group.Strategy), new("purpose", group.Purpose)];
        if (order.Bps is { } bps) _slippageBps.Record(bps, tags);
        if (order is { Bps: not null, ForecastBps: { } forecast }) _slippageForecastBps.Record(forecast, tags);
        if (group.ForecastErrorBps is { } bias) _slippageBiasBps.Record(bias, tags);
        ReadOnlySpan<(string Part, decimal Quote)> parts =
        [
            ("delay", group.DelayQuote), ("spread", group.SpreadQuote), ("impact", group.ImpactQuote), ("opportunity", group.OpportunityQuote), ("fees", group.Fees),
        ];
        foreach (var (part, quote) in parts) _slippageCost.Record((double)quote, [.. tags, new("part", part)]);
    }

    /// <summary>Aggregate trades taken over.</summary>
    public Counter<long> Trades { get; }

    /// <summary>Trade batches handed over.</summary>
    public Counter<long> Batches { get; }

    /// <summary>Volume bars closed.</summary>
    public Counter<long> Bars { get; }

    /// <summary>Frames not understood.</summary>
    public Counter<long> Rejects { get; }

    /// <summary>Trades fetched over REST.</summary>
    public Counter<long> Backfilled { get; }

    /// <summary>Holes that stayed.</summary>
    public Counter<long> Holes { get; }

    /// <summary>Stream connections.</summary>
    public Counter<long> Reconnects { get; }

    /// <summary>Approved proposals.</summary>
    public Counter<long> Approvals { get; }

    /// <summary>Refused proposals.</summary>
    public Counter<long> Refusals { get; }

    /// <summary>Orders by outcome.</summary>
    public Counter<long> Orders { get; }

    /// <summary>Fills booked.</summary>
    public Counter<long> Fills { get; }

    /// <summary>Slippage of orders that were placed limit first, against the price of their decision.</summary>
    public Histogram<double> PlacementSlippageBps { get; }

    /// <summary>Post-only refusals.</summary>
    public Counter<long> PlacementRejects { get; }

    /// <summary>Differences between books and venue.</summary>
    public Counter<long> ReconcileDifferences { get; }

    /// <summary>The market feed beside its backups.</summary>
    public Gauge<int> FeedHealth { get; }

    /// <summary>Mean deviation of the market feed from its backups.</summary>
    public Gauge<double> FeedDeviationBps { get; }

    /// <summary>Socket frame to order request.</summary>
    public Histogram<double> TickToOrderMs { get; }

    /// <summary>Socket frame to decision.</summary>
    public Histogram<double> TickToDecisionMs { get; }

    /// <summary>Socket frame to closed bar.</summary>
    public Histogram<double> TickToBarMs { get; }

    /// <summary>Profit and loss.</summary>
    public Gauge<double> Profit { get; }

    /// <summary>Fees.</summary>
    public Gauge<double> Fees { get; }

    /// <summary>Orders whose outcome is unknown.</summary>
    public Gauge<int> UnknownOrders { get; }

    /// <summary>Orders that are not final.</summary>
    public Gauge<int> LiveOrders { get; }

    /// <summary>Order request to answer.</summary>
    public Histogram<double> OrderRoundTripMs { get; }

    /// <summary>Equity of an account.</summary>
    public Gauge<double> Equity { get; }

    /// <summary>Positions by side.</summary>
    public Gauge<double> Exposure { get; }

    /// <summary>Value at risk.</summary>
    public Gauge<double> ValueAtRisk { get; }

    /// <summary>Expected shortfall.</summary>
    public Gauge<double> ExpectedShortfall { get; }

    /// <summary>Stress scenarios.</summary>
    public Gauge<double> Stress { get; }

    /// <summary>Used share of the limits.</summary>
    public Gauge<double> LimitUse { get; }

    /// <summary>Maintenance margin over equity.</summary>
    public Gauge<double> MarginRatio { get; }

    /// <summary>Distance to liquidation.</summary>
    public Gauge<double> LiquidationDistance { get; }

    /// <summary>Drawdown.</summary>
    public Gauge<double> Drawdown { get; }

    /// <summary>What the watchdog found, and found to be over.</summary>
    public Counter<long> WatchdogVerdicts { get; }

    /// <summary>What of it holds.</summary>
    public Gauge<int> WatchdogOpen { get; }

    /// <summary>Grains begun anew.</summary>
    public Counter<long> WatchdogRestarts { get; }

    /// <summary>Lengths of queues.</summary>
    public Gauge<long> WatchdogQueue { get; }

    /// <summary>Quotes that were never seen.</summary>
    public Counter<long> QuotesConflated { get; }

    /// <summary>The kill switch.</summary>
    public Gauge<double> Stop { get; }
}
