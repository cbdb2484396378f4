using Granary.Engine.Indicators;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Factors;

/// <summary>
/// What is remembered of an unbroken run of minutes, and the factors computed from it (formulas §6). As in the published notebook, the technical factors
/// begin with the first rolling volatility, and the sentiment with the first minute in which all of them exist.
/// </summary>
internal sealed class MinuteWindows
{
    private readonly MinuteFactorOptions _options;
    private readonly RollingWindow _returns;
    private readonly ForecastOscillator _cfo;
    private readonly PascalMovingAverage _pwma;
    private readonly RelativeVigorIndex _rvi;
    private readonly SimpleMovingAverage _fundingSmooth;
    private readonly SimpleMovingAverage _sentShort;
    private readonly SimpleMovingAverage _rollFunding;
    private readonly SimpleMovingAverage _rollBuySell;
    private readonly SortedWindow _vols;
    private bool _isStarted;
    private double _previousBuySell;
    private double _previousVolume;

    public MinuteWindows(MinuteFactorOptions options)
    {
        _options = options;
        _returns = new RollingWindow(options.VolWindow);
        _cfo = new ForecastOscillator(options.CfoWindow);
        _pwma = new PascalMovingAverage(options.PwmaWindow);
        _rvi = new RelativeVigorIndex(options.RviWindow);
        _fundingSmooth = new SimpleMovingAverage(options.FundingSmoothWindow, 1);
        _sentShort = new SimpleMovingAverage(options.ShortWindow, 1);
        _rollFunding = new SimpleMovingAverage(options.MediumWindow, 1);
        _rollBuySell = new SimpleMovingAverage(options.MediumWindow, 1);
        _vols = new SortedWindow(options.QuantileWindow);
    }

    /// <summary>The last close; null before the first candle.</summary>
    public decimal? Close { get; private set; }

    /// <summary>Takes the candle of the next minute and the funding rate it sees, and returns its factors.</summary>
    public MinuteFactorRow Add(in Kline candle, bool isFilled, decimal? fundingRate)
    {
        double? logReturn = Close is { } previous ? LogRatio.Of(candle.Close, previous) : null;
        Close = candle.Close;
        double open = (double)candle.Open, high = (double)candle.High, low = (double)candle.Low, close = (double)candle.Close;
        if (logReturn is { } moved) _returns.Push(moved);

        var window = _options.VolWindow;
        double? rollVol = !_returns.HasValues(window) ? null : _returns.AreEqual(window) ? 0 : Moments.StandardDeviation(_returns.Newest(window));
        var hasVol = rollVol is not null;
        var row = new MinuteFactorRow
        {
            OpenTimeMs = candle.OpenTimeMs,
            IsFilled = isFilled,
            IsStarted = _isStarted,
            FundingRate = (double?)fundingRate,
            LogReturn = logReturn,
            TakerSellVolume = (double)(candle.Volume - candle.TakerBuyVolume),
            BuySellDiff = (double)((2 * candle.TakerBuyVolume) - candle.Volume),
            TakerRatio = candle.Volume == 0 ? null : (double)candle.TakerBuyVolume / (double)candle.Volume,
            RollVol = rollVol,
            Cfo = hasVol ? _cfo.Add(close) : null,
            Pwma = hasVol ? _pwma.Add(close) : null,
            Rvi = hasVol ? _rvi.Add(open, high, low, close) : null,
            RviSignal = hasVol ? _rvi.Signal : null,
        };
        var hasPrevious = _isStarted;
        _isStarted |= row is { Cfo: not null, Pwma: not null, RviSignal: not null };
        return _isStarted ? WithSentiment(row with { IsStarted = true }, (double)candle.Volume, hasPrevious) : row;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(MinuteWindows), 1);
        writer.WriteOptional(Close);
        writer.Write(_isStarted);
        writer.Write(_previousBuySell);
        writer.Write(_previousVolume);
        _returns.Write(writer);
        _cfo.Write(writer);
        _pwma.Write(writer);
        _rvi.Write(writer);
        _fundingSmooth.Write(writer);
        _sentShort.Write(writer);
        _rollFunding.Write(writer);
        _rollBuySell.Write(writer);
        _vols.Write(writer);
    }

    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(MinuteWindows), 1);
        Close = reader.ReadOptionalDecimal();
        if (Close <= 0) throw new InvalidDataException($"snapshot of minute factors is damaged: its last close is {Close}");
        _isStarted = reader.ReadBoolean();
        _previousBuySell = reader.ReadDouble();
        _previousVolume = reader.ReadDouble();
        _returns.Restore(ref reader);
        _cfo.Restore(ref reader);
        _pwma.Restore(ref reader);
        _rvi.Restore(ref reader);
        _fundingSmooth.Restore(ref reader);
        _sentShort.Restore(ref reader);
        _rollFunding.Restore(ref reader);
        _rollBuySell.Restore(ref reader);
        _vols.Restore(ref reader);
    }

    private MinuteFactorRow WithSentiment(in MinuteFactorRow row, double volume, bool hasPrevious)
    {
        var ofr = row.BuySellDiff / (volume + 1e-9);
        var fundingSmooth = _fundingSmooth.Add(row.FundingRate);
        var rollFunding = _rollFunding.Add(fundingSmooth);
        var rollBuySell = _rollBuySell.Add(row.BuySellDiff);
        var t1Raw = rollFunding * rollBuySell;
        double? deltaBuySell = hasPrevious ? Math.Abs(row.BuySellDiff - _previousBuySell) : null;
        double? deltaVolume = hasPrevious ? Math.Abs(volume - _previousVolume) + 1e-9 : null;
        var dov = deltaBuySell / deltaVolume;
        _previousBuySell = row.BuySellDiff;
        _previousVolume = volume;
        if (row.RollVol is { } rollVol) _vols.Push(rollVol);

        var sentiment = row with
        {
            FundingSmooth = fundingSmooth,
            Ofr = ofr,
            SentShort = _sentShort.Add(ofr),
            RollFunding = rollFunding,
            RollBuySell = rollBuySell,
            T1Raw = t1Raw,
            SentMedium = CtaSentiment.SoftSign(t1Raw),
            DeltaBuySell = deltaBuySell,
            DeltaVolume = deltaVolume,
            Dov = dov,
            DovClipped = dov is { } value ? Math.Min(value, _options.DovClip) : null,
            ExcessPositive = fundingSmooth is { } high ? Math.Max(high - _options.FundingThreshold, 0) : null,
            ExcessNegative = fundingSmooth is { } low ? Math.Min(low + _options.FundingThreshold, 0) : null,
        };
        double? lowVol = _vols.IsFull ? _vols.Quantile(_options.LowQuantile) : null;
        double? highVol = _vols.IsFull ? _vols.Quantile(_options.HighQuantile) : null;
        return CtaSentiment.Weigh(sentiment, lowVol, highVol, _options);
    }
}
