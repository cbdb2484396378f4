using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// Builds imbalance and run bars whose threshold follows the market, bounded so that it cannot run away (formulas §1.8; AFML ch. 2).
/// <para>
/// With w what a trade weighs and b, s what it weighs as a buy and as a sell (b = w and s = 0 when the taker bought, else the reverse):
/// E[T] is the exponential average of trades per bar, y = α·length + (1-α)·y, α = 2/(<see cref="AdaptiveBarOptions.BarSpan"/>+1), starting at
/// <see cref="AdaptiveBarOptions.TradeCountInitial"/> and clamped to <see cref="AdaptiveBarOptions.TradeCountMin"/> ..
/// <see cref="AdaptiveBarOptions.TradeCountMax"/> after each bar; E[b] and E[s] are exponential averages over trades with normalised weights,
/// Σ(1-β)^i·x / Σ(1-β)^i, β = 2/(<see cref="AdaptiveBarOptions.TradeSpan"/>+1). The threshold is E[T]·|E[b]-E[s]| for imbalance bars and
/// E[T]·max(E[b], E[s]) for run bars. It is set at the end of each bar for the next one, from the trades so far; the first one after TradeCountInitial trades.
/// </para>
/// <para>
/// A bar closes with its first trade at which θ (<see cref="FlowRule"/>) &gt;= threshold and it has at least TradeCountMin trades; it closes with its
/// TradeCountMax-th trade in any case. Clamping E[T] alone would not do: in a balanced market E[b]-E[s] tends to 0, and every trade would be a bar.
/// </para>
/// </summary>
public sealed class AdaptiveBarBuilder : BarBuilder
{
    private readonly AdaptiveBarOptions _options;
    private readonly double _scale;
    private readonly double _barAlpha;
    private readonly double _tradeDecay;
    private double _buySum;
    private double _sellSum;
    private double _weightSum;
    private long _tradesSeen;

    // In raw units (OrderFlow.Scale); null while too few trades have been seen.
    private double? _threshold;

    /// <summary>A builder without trades.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public AdaptiveBarBuilder(AdaptiveBarOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _scale = OrderFlow.Scale(options.Measure);
        _barAlpha = 2.0 / (options.BarSpan + 1);
        _tradeDecay = 1 - (2.0 / (options.TradeSpan + 1));
        ExpectedTradeCount = options.TradeCountInitial;
    }

    /// <summary>The options it was made with.</summary>
    public AdaptiveBarOptions Options => _options;

    /// <summary>E[T], trades in a bar: between the options' minimum and maximum.</summary>
    public double ExpectedTradeCount { get; private set; }

    /// <summary>θ that closes the running bar, in trades, base units or quote units, 0 or more; null while too few trades have been seen.</summary>
    public double? Threshold => _threshold / _scale;

    /// <inheritdoc/>
    public override bool Add(in AggTrade trade)
    {
        Running.Totals.Add(trade);
        Learn(trade);
        if (_threshold is null && _tradesSeen >= _options.TradeCountInitial) SetThreshold();
        var count = Running.Totals.TradeCount;
        if (count < _options.TradeCountMin || (count < _options.TradeCountMax && !IsReached())) return false;
        ExpectedTradeCount = Math.Clamp((_barAlpha * count) + ((1 - _barAlpha) * ExpectedTradeCount), _options.TradeCountMin, _options.TradeCountMax);
        if (_threshold is not null) SetThreshold();
        Running.Close();
        return true;
    }

    /// <inheritdoc/>
    public override void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(AdaptiveBarBuilder), 1);
        writer.Write((int)_options.Rule);
        writer.Write((int)_options.Measure);
        writer.Write(_options.TradeCountInitial);
        writer.Write(_options.TradeCountMin);
        writer.Write(_options.TradeCountMax);
        writer.Write(_options.BarSpan);
        writer.Write(_options.TradeSpan);
        writer.Write(ExpectedTradeCount);
        writer.Write(_buySum);
        writer.Write(_sellSum);
        writer.Write(_weightSum);
        writer.Write(_tradesSeen);
        writer.WriteOptional(_threshold);
        Running.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, the options included.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or not of an adaptive bar builder.</exception>
    public static AdaptiveBarBuilder Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(AdaptiveBarBuilder), 1);
        var options = new AdaptiveBarOptions
        {
            Rule = (FlowRule)reader.ReadInt32(),
            Measure = (BarMeasure)reader.ReadInt32(),
            TradeCountInitial = reader.ReadInt32(),
            TradeCountMin = reader.ReadInt32(),
            TradeCountMax = reader.ReadInt32(),
            BarSpan = reader.ReadInt32(),
            TradeSpan = reader.ReadInt32(),
        };
        AdaptiveBarBuilder builder;
        try
        {
            builder = new AdaptiveBarBuilder(options);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException("snapshot of an adaptive bar builder is damaged: " + e.Message, e);
        }
        builder.ExpectedTradeCount = reader.ReadDouble();
        builder._buySum = reader.ReadDouble();
        builder._sellSum = reader.ReadDouble();
        builder._weightSum = reader.ReadDouble();
        builder._tradesSeen = reader.ReadInt64();
        builder._threshold = reader.ReadOptionalDouble();
        builder.Running = RunningBar.Read(ref reader);
        if (!(builder.ExpectedTradeCount >= options.TradeCountMin && builder.ExpectedTradeCount <= options.TradeCountMax) || builder._tradesSeen < 0
            || !IsSum(builder._buySum) || !IsSum(builder._sellSum) || !IsSum(builder._weightSum) || !IsSum(builder._threshold ?? 0)
            || builder.Running.Totals.TradeCount >= options.TradeCountMax)
            throw new InvalidDataException("snapshot of an adaptive bar builder is damaged: its averages are out of bounds");
        return builder;
    }

    private static bool IsSum(double value) => value >= 0 && double.IsFinite(value);

    private void Learn(in AggTrade trade)
    {
        var weight = OrderFlow.Weight(_options.Measure, trade);
        _buySum = (_buySum * _tradeDecay) + (trade.IsBuyerMaker ? 0 : weight);
        _sellSum = (_sellSum * _tradeDecay) + (trade.IsBuyerMaker ? weight : 0);
        _weightSum = (_weightSum * _tradeDecay) + 1;
        _tradesSeen++;
    }

    private bool IsReached() => _threshold is { } threshold && (double)OrderFlow.Theta(_options.Rule, _options.Measure, Running.Totals) >= threshold;

    private void SetThreshold()
    {
        var (buy, sell) = (_buySum / _weightSum, _sellSum / _weightSum);
        _threshold = ExpectedTradeCount * (_options.Rule == FlowRule.Run ? Math.Max(buy, sell) : Math.Abs(buy - sell));
    }
}
