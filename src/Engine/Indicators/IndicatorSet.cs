using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>The classic indicators (formulas §7, and §6.2 to §6.4) of one symbol's candles, candle by candle.</summary>
public sealed class IndicatorSet
{
    private readonly int _garchHorizon;
    private readonly ForecastOscillator _cfo;
    private readonly PascalMovingAverage _pwma;
    private readonly RelativeVigorIndex _rvi;
    private readonly RelativeStrengthIndex _rsi;
    private readonly Macd _macd;
    private readonly AverageTrueRange _atr;
    private readonly AdaptiveMovingAverage _kama;
    private readonly ChaikinMoneyFlow _cmf;
    private readonly OnBalanceVolume _obv = new();
    private readonly AverageCrossover _crossover;
    private readonly ExponentialAverage _ema;
    private readonly SeededExponentialAverage _emaSeeded;
    private readonly GarchFilter _garch;
    private readonly RollingZScore _zScore;
    private decimal? _previousClose;

    /// <summary>Indicators without candles.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public IndicatorSet(IndicatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _cfo = new ForecastOscillator(Require.Window(options.CfoWindow));
        _pwma = new PascalMovingAverage(Require.Window(options.PwmaWindow));
        _rvi = new RelativeVigorIndex(Require.Window(options.RviWindow));
        _rsi = new RelativeStrengthIndex(Require.Window(options.RsiWindow));
        _macd = new Macd(Require.Window(options.MacdFastWindow), Require.Window(options.MacdSlowWindow), Require.Window(options.MacdSignalWindow));
        _atr = new AverageTrueRange(Require.Window(options.AtrWindow), Require.Window(options.AtrSimpleWindow));
        _kama = new AdaptiveMovingAverage(Require.Window(options.KamaWindow), Require.Window(options.KamaFast), Require.Window(options.KamaSlow));
        _cmf = new ChaikinMoneyFlow(Require.Window(options.CmfWindow));
        _crossover = new AverageCrossover(Require.Window(options.SmaFastWindow), Require.Window(options.SmaSlowWindow));
        _ema = new ExponentialAverage(Require.Window(options.EmaWindow));
        _emaSeeded = SeededExponentialAverage.Ema(options.EmaWindow);
        _garch = new GarchFilter(options.Garch, Require.Window(options.GarchWarmUp));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.GarchHorizon, 1);
        _garchHorizon = options.GarchHorizon;
        _zScore = new RollingZScore(Require.Window(options.ZScoreWindow));
    }

    /// <summary>Takes a closed candle and returns its indicators.</summary>
    /// <exception cref="ArgumentException">The candle contradicts itself, or a price has more than eight decimals; the message says which.</exception>
    public IndicatorRow Add(in Kline candle)
    {
        CandleCheck.Throw(candle);
        double open = (double)candle.Open, high = (double)candle.High, low = (double)candle.Low, close = (double)candle.Close;

        // First the only one that may refuse the candle.
        _crossover.Add(candle.Close);
        if (_previousClose is { } previous) _garch.Add(LogRatio.Of(candle.Close, previous));
        _previousClose = candle.Close;
        _macd.Add(close);
        _atr.Add(high, low, close);
        return new IndicatorRow
        {
            OpenTimeMs = candle.OpenTimeMs,
            Cfo = _cfo.Add(close),
            Pwma = _pwma.Add(close),
            Rvi = _rvi.Add(open, high, low, close),
            RviSignal = _rvi.Signal,
            Rsi = _rsi.Add(close),
            Macd = _macd.Line,
            MacdSignal = _macd.Signal,
            MacdHistogram = _macd.Histogram,
            TrueRange = _atr.Range,
            AtrWilder = _atr.Wilder,
            AtrSimple = _atr.Simple,
            Kama = _kama.Add(close),
            Cmf = _cmf.Add(high, low, close, (double)candle.Volume),
            Obv = _obv.Add(candle.Close, candle.Volume),
            SmaFast = _crossover.Fast,
            SmaSlow = _crossover.Slow,
            SmaSignal = _crossover.Signal,
            Ema = _ema.Push(close),
            EmaSmaSeeded = _emaSeeded.Add(close),
            GarchVarianceNext = _garch.VarianceNext,
            GarchVarianceAhead = _garch.Forecast(_garchHorizon),
            ZScore = _zScore.Add(close),
        };
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(IndicatorSet), 1);
        writer.WriteOptional(_previousClose);
        _cfo.Write(writer);
        _pwma.Write(writer);
        _rvi.Write(writer);
        _rsi.Write(writer);
        _macd.Write(writer);
        _atr.Write(writer);
        _kama.Write(writer);
        _cmf.Write(writer);
        _obv.Write(writer);
        _crossover.Write(writer);
        _ema.Write(writer);
        _emaSeeded.Write(writer);
        _garch.Write(writer);
        _zScore.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the indicators to be; the snapshot must have been taken with the same windows.</param>
    /// <exception cref="InvalidDataException">The snapshot was taken with other windows, is damaged, or not of indicators.</exception>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public static IndicatorSet Read(ref SnapshotReader reader, IndicatorOptions options)
    {
        var indicators = new IndicatorSet(options);
        reader.Section(nameof(IndicatorSet), 1);
        indicators._previousClose = reader.ReadOptionalDecimal();
        indicators._cfo.Restore(ref reader);
        indicators._pwma.Restore(ref reader);
        indicators._rvi.Restore(ref reader);
        indicators._rsi.Restore(ref reader);
        indicators._macd.Restore(ref reader);
        indicators._atr.Restore(ref reader);
        indicators._kama.Restore(ref reader);
        indicators._cmf.Restore(ref reader);
        indicators._obv.Restore(ref reader);
        indicators._crossover.Restore(ref reader);
        indicators._ema.Restore(ref reader);
        indicators._emaSeeded.Restore(ref reader);
        indicators._garch.Restore(ref reader);
        indicators._zScore.Restore(ref reader);
        return indicators;
    }
}
