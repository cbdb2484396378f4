using Granary.Engine.Features;
using Granary.Engine.Indicators;
using Granary.Engine.Market;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Decisions;

/// <summary>
/// What the risk gate needs to know of a market besides its prices: trade intensity against the usual (formulas §4.4), the price impact that slippage is
/// planned with (§4.5), and the realised volatility of minutes (§7.10).
/// A snapshot at any event continues bit for bit. Not safe for concurrent use.
/// </summary>
public sealed class MarketMeasures
{
    /// <summary>Minutes that the volatility looks back on by default.</summary>
    public const int VolatilityMinutesDefault = 60;

    private const int VolatilityMinutesMin = 2;
    private const int VolatilityMinutesMax = 10_080;
    private const int IntensityBars = 100;
    private const long MinuteMs = 60_000;
    private const double MinutesPerYear = 365 * 24 * 60;

    /// <summary>Age from which an open bar says something.</summary>
    private const long OpenBarMsMin = 10_000;

    private readonly int _volatilityMinutes;
    private readonly RollingWindow _intensities = new(IntensityBars);
    private SlippageEstimate _slippage = new();
    private RealizedVolatility _volatility;
    private double _meanBefore;
    private long _minute = -1;
    private decimal _minuteMark;
    private decimal _minuteClose;

    /// <summary>The measures of a market that nothing is known of yet.</summary>
    /// <param name="volatilityMinutes">Minutes that the volatility looks back on; 2 to 10,080.</param>
    /// <exception cref="ArgumentOutOfRangeException">The minutes are outside their range.</exception>
    public MarketMeasures(int volatilityMinutes = VolatilityMinutesDefault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(volatilityMinutes, VolatilityMinutesMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(volatilityMinutes, VolatilityMinutesMax);
        _volatilityMinutes = volatilityMinutes;
        _volatility = new RealizedVolatility(volatilityMinutes);
    }

    /// <summary>Realised volatility, a fraction per year; null before enough consecutive minutes.</summary>
    public double? Volatility { get; private set; }

    /// <summary>The 0.75-quantile of |price impact| of 500 bars; null before them.</summary>
    public double? PriceImpact => _slippage.Impact;

    /// <summary>Takes a closed bar.</summary>
    public void OnBar(FeatureBar bar)
    {
        ArgumentNullException.ThrowIfNull(bar);
        _meanBefore = _intensities.Count == IntensityBars ? Mean() : 0;
        _intensities.Push(bar.Features.TradeIntensity);
        _slippage.OnBar(bar.Features.PriceImpact);
    }

    /// <summary>
    /// Trade intensity over its mean of 100 bars: the lower of the last bar's and, when that is 10 seconds old, the open bar's. By the trades' own
    /// clock, so that trades that are worked off late look as they did; how old the data is, is another question. Null before there is a mean.
    /// </summary>
    /// <param name="last">The last closed bar.</param>
    /// <param name="openTrades">Trades of the open bar.</param>
    /// <param name="nowMs">Time of the last trade, milliseconds since the Unix epoch, UTC.</param>
    public double? IntensityShare(FeatureBar last, int openTrades, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(last);
        if (_meanBefore <= 0) return null;
        var closed = last.Features.TradeIntensity / _meanBefore;
        var elapsedMs = nowMs - last.Bar.CloseTimeMs;
        var mean = Mean();
        return elapsedMs < OpenBarMsMin || mean <= 0 ? closed : Math.Min(closed, openTrades / (double)elapsedMs / mean);
    }

    /// <summary>Takes a mark price. A minute without one breaks the chain of returns; the window goes on with those before and after.</summary>
    public void OnMark(in MarkPrice mark)
    {
        var minute = mark.TimeMs / MinuteMs;
        if (mark.Mark <= 0 || minute < _minute) return;
        if (minute > _minute)
        {
            if (_minuteClose > 0 && _minuteMark > 0 && _volatility.Add(Math.Log((double)(_minuteMark / _minuteClose))) is { } variation)
                Volatility = variation.AnnualVolatility(MinutesPerYear / _volatilityMinutes);
            _minuteClose = minute == _minute + 1 ? _minuteMark : 0;
            _minute = minute;
        }
        _minuteMark = mark.Mark;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("market-measures", 1);
        writer.Write(_volatilityMinutes);
        _intensities.Write(writer);
        writer.Write(_meanBefore);
        _slippage.Write(writer);
        _volatility.Write(writer);
        writer.WriteOptional(Volatility);
        writer.Write(_minute);
        writer.Write(_minuteMark);
        writer.Write(_minuteClose);
    }

    /// <summary>Replaces the state; a volatility of another window warms up again.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("market-measures", 1);
        var minutes = reader.ReadInt32();
        if (minutes is < VolatilityMinutesMin or > VolatilityMinutesMax) throw new InvalidDataException($"snapshot of market measures is damaged: it claims {minutes} minutes of volatility");
        _intensities.Restore(ref reader);
        _meanBefore = reader.ReadDouble();
        _slippage = new SlippageEstimate();
        _slippage.Read(ref reader);
        var volatility = new RealizedVolatility(minutes);
        volatility.Restore(ref reader);
        var reading = reader.ReadOptionalDouble();
        _minute = reader.ReadInt64();
        _minuteMark = reader.ReadDecimal();
        _minuteClose = reader.ReadDecimal();
        if (minutes == _volatilityMinutes) (_volatility, Volatility) = (volatility, reading);
    }

    private double Mean()
    {
        var sum = 0.0;
        foreach (var intensity in _intensities.Newest(_intensities.Count)) sum += intensity;
        return sum / _intensities.Count;
    }
}
