using Granary.Engine.Risk;

namespace Granary.Backtest.Execution;

/// <summary>What trading costs, and how orders are filled (formulas §4.5).</summary>
public sealed record ExecutionOptions
{
    /// <summary>When resting orders are filled; default the most cautious.</summary>
    public FillModel FillModel { get; init; } = FillModel.Through;

    /// <summary>Fee of a resting order, share of the notional; -0.01 to 0.01, default 0.0002.</summary>
    public decimal MakerFeeRate { get; init; } = FeeRates.Regular.Maker;

    /// <summary>Fee of a taking order, share of the notional; 0 to 0.01, default 0.0005.</summary>
    public decimal TakerFeeRate { get; init; } = FeeRates.Regular.Taker;

    /// <summary>Slippage of a taking order, share of the price; 0 to 0.1, default 0.0001. Not used where a book is there to be walked.</summary>
    public decimal SlippageRate { get; init; } = 0.0001m;

    /// <summary>
    /// How much of the last bar's price impact (quote units per base unit, times the order's quantity) is added to it; 0 to 100, default 1.
    /// </summary>
    public decimal ImpactMultiple { get; init; } = 1;

    /// <summary>What slippage and impact are multiplied with to see how sensitive the result is; 0 to 100, default 1.</summary>
    public decimal SlippageScale { get; init; } = 1;

    /// <summary>
    /// What stands before an order that joins a queue whose length nobody recorded, in mean trades; 0 to 100,000, default 25. Only with
    /// <see cref="FillModel.Queue"/> and without a book.
    /// </summary>
    public decimal QueueAheadTrades { get; init; } = 25;

    /// <summary>
    /// How the cancellations of others in a recorded book shorten the queue before an order: each is taken for before or behind it by the power of the two
    /// lengths; 0 is none before, 1 proportional, default 2; up to 10.
    /// </summary>
    public double QueueCancelPower { get; init; } = 2;

    /// <summary>Fee of a forced liquidation, share of the notional; 0 to 0.1, default 0.0125.</summary>
    public decimal LiquidationFeeRate { get; init; } = 0.0125m;

    /// <summary>How long things take; default nothing.</summary>
    public LatencyModel Latency { get; init; } = new();

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Check(nameof(FillModel), (int)FillModel, 0, 2);
        Check(nameof(MakerFeeRate), MakerFeeRate, -0.01m, 0.01m);
        Check(nameof(TakerFeeRate), TakerFeeRate, 0, 0.01m);
        Check(nameof(SlippageRate), SlippageRate, 0, 0.1m);
        Check(nameof(ImpactMultiple), ImpactMultiple, 0, 100);
        Check(nameof(SlippageScale), SlippageScale, 0, 100);
        Check(nameof(QueueAheadTrades), QueueAheadTrades, 0, 100_000);
        Check(nameof(LiquidationFeeRate), LiquidationFeeRate, 0, 0.1m);
        if (!(QueueCancelPower is >= 0 and <= 10))
            throw new ArgumentException(
                FormattableString.Invariant($"{nameof(QueueCancelPower)} was {QueueCancelPower}, expected 0 to 10"), nameof(QueueCancelPower));
        ArgumentNullException.ThrowIfNull(Latency);
        Latency.Validate();
    }

    private static void Check(string name, decimal value, decimal min, decimal max)
    {
        if (value < min || value > max) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {min} to {max}"), name);
    }
}
