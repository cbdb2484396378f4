using System.Diagnostics.Metrics;

namespace Granary.Grains.Telemetry;

/// <summary>The engine's instruments, all on the meter "Granary". Names follow Prometheus: noun first, unit last.</summary>
public sealed class EngineMetrics : IDisposable
{
    private readonly Meter _meter = new("Granary");

    /// <summary>Creates the instruments.</summary>
    public EngineMetrics()
    {
        Trades = _meter.CreateCounter<long>("granary_trades_total", "trades", "Aggregate trades taken over by symbol grains.");
        Batches = _meter.CreateCounter<long>("granary_batches_total", "batches", "Trade batches handed to symbol grains.");
        Bars = _meter.CreateCounter<long>("granary_bars_total", "bars", "Volume bars closed.");
        Rejects = _meter.CreateCounter<long>("granary_frames_rejected_total", "frames", "Market frames that could not be understood.");
        Backfilled = _meter.CreateCounter<long>("granary_trades_backfilled_total", "trades", "Trades fetched over REST to fill a hole.");
        Holes = _meter.CreateCounter<long>("granary_holes_total", "holes", "Holes in trade ids that could not be filled.");
        Reconnects = _meter.CreateCounter<long>("granary_stream_connections_total", "connections", "Stream connections made or lost, by state.");
        Approvals = _meter.CreateCounter<long>("granary_approvals_total", "proposals", "Proposals approved.");
        Refusals = _meter.CreateCounter<long>("granary_refusals_total", "proposals", "Proposals refused, by reason.");
        Orders = _meter.CreateCounter<long>("granary_orders_total", "orders", "Orders by outcome of their request.");
        Fills = _meter.CreateCounter<long>("granary_fills_total", "fills", "Fills booked.");
        ReconcileDifferences = _meter.CreateCounter<long>("granary_reconcile_differences_total", "differences", "Differences that a reconciliation found.");
        TickToOrderMs = _meter.CreateHistogram<double>("granary_tick_to_order_ms", "ms", "From the socket frame to the order request being written.");
        TickToDecisionMs = _meter.CreateHistogram<double>("granary_tick_to_decision_ms", "ms", "From the socket frame to the strategies' answers for the bar it closed.");
        OrderRoundTripMs = _meter.CreateHistogram<double>("granary_order_round_trip_ms", "ms", "From the order request to the venue's answer.");
        PlacementSlippageBps = _meter.CreateHistogram<double>("granary_placement_slippage_bps", "bps", "How much worse than the decision's price placed orders filled.");
        PlacementRejects = _meter.CreateCounter<long>("granary_placement_rejects_total", "orders", "Post-only orders that the venue refused because they would take.");
        Equity = _meter.CreateGauge<double>("granary_account_equity", "USDT", "Wallet plus unrealised PnL.");
        Exposure = _meter.CreateGauge<double>("granary_account_exposure", "USDT", "Positions at the mark price, by side.");
        ValueAtRisk = _meter.CreateGauge<double>("granary_account_value_at_risk", "USDT", "Value at risk of the book over one period, by method and confidence.");
        ExpectedShortfall = _meter.CreateGauge<double>(
            "granary_account_expected_shortfall", "USDT", "Expected shortfall of the book over one period, by method and confidence.");
        Stress = _meter.CreateGauge<double>("granary_account_stress_profit", "USDT", "Profit of the book in a stress scenario.");
        LimitUse = _meter.CreateGauge<double>("granary_account_limit_use_ratio", "1", "Used share of a limit.");
        MarginRatio = _meter.CreateGauge<double>("granary_account_margin_ratio", "1", "Maintenance margin over equity; the venue liquidates at 1.");
        LiquidationDistance = _meter.CreateGauge<double>(
            "granary_account_liquidation_distance_ratio", "1", "Share that all prices may move against the book before it is liquidated.");
        Drawdown = _meter.CreateGauge<double>("granary_account_drawdown_ratio", "1", "Fall of equity from the highest of 7 days.");
        FeedHealth = _meter.CreateGauge<int>(
            "granary_feed_health", "1", "The market feed beside its backups: 0 unverified, 1 agreeing, 2 stale, 3 diverging, 4 all stale.");
        FeedDeviationBps = _meter.CreateGauge<double>("granary_feed_deviation_bps", "bp", "Mean deviation of the market feed from its backups.");
        Stop = _meter.CreateGauge<double>("granary_account_stop", "1", "The kill switch: 0 none, 1 reduce only, 2 halt, 3 flatten.");
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

    /// <summary>The kill switch.</summary>
    public Gauge<double> Stop { get; }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
