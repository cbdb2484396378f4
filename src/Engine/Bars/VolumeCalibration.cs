using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// The volume threshold of the day (formulas §1.7): N(d) = round_half_even(mean volume of the completed UTC days before d / bars per day, step), at least one
/// step, at most 46,116,860,184. It uses nothing of day d itself. Computed exactly.
/// <para>
/// Volumes come from the trades, day by day, or from daily candles (<see cref="SetDay"/>). A day without trades between days with trades counts as 0. The first
/// day counts from the first trade on; a day with a gap in the feed counts with what was seen. Whole days within a gap (<see cref="MarkGap"/>) are unknown, and
/// as long as one of the days before d is, N(d) has no value; <see cref="SetDay"/> fills and corrects days.
/// </para>
/// Use: <c>if (calibration.Add(trade) &amp;&amp; calibration.Threshold is { } n) bars.Threshold = n; bars.Add(trade);</c> A bar keeps the threshold of its
/// first trade. Expects cleaned trades (<see cref="TradeCleaner"/>). Allocation-free.
/// </summary>
public sealed class VolumeCalibration
{
    /// <summary>Milliseconds in a day.</summary>
    public const long DayMs = 86_400_000;

    /// <summary>The most days in the mean: 366.</summary>
    public const int DayCountMax = 366;

    /// <summary>The most bars aimed at per day: 1,000,000.</summary>
    public const int BarsPerDayMax = 1_000_000;

    private const long DayStartMsMax = 253_402_214_400_000;

    private static readonly Int128 Unknown = -1;

    // No sum of 366 of these overflows, and no market trades as much in a day.
    private static readonly Int128 DayVolumeMax = (Int128)decimal.MaxValue;

    private readonly long _step;

    // The volumes of the days before the running one, times 10^8, each at its day number modulo the number of days.
    private readonly Int128[] _days;
    private bool _hasStarted;
    private bool _hasGap;
    private long _day;
    private Int128 _volume;

    /// <summary>A calibration without volumes.</summary>
    /// <param name="dayCount">Completed days in the mean; 1 to <see cref="DayCountMax"/>.</param>
    /// <param name="barsPerDay">Bars aimed at per day; 1 to <see cref="BarsPerDayMax"/>.</param>
    /// <param name="step">What the threshold is a multiple of, base units: above 0, at most 46,116,860,184, at most eight decimals.</param>
    /// <exception cref="ArgumentException">A parameter is outside its range.</exception>
    public VolumeCalibration(int dayCount = 7, int barsPerDay = 1_500, decimal step = 0.001m)
        : this(dayCount, barsPerDay, BarThreshold.ToE8(step))
    {
    }

    private VolumeCalibration(int dayCount, int barsPerDay, long step)
    {
        if (dayCount is < 1 or > DayCountMax) throw new ArgumentOutOfRangeException(nameof(dayCount), dayCount, $"expected 1 to {DayCountMax}");
        if (barsPerDay is < 1 or > BarsPerDayMax) throw new ArgumentOutOfRangeException(nameof(barsPerDay), barsPerDay, $"expected 1 to {BarsPerDayMax}");
        (BarsPerDay, _step) = (barsPerDay, step);
        _days = new Int128[dayCount];
        Array.Fill(_days, Unknown);
    }

    /// <summary>Completed days in the mean.</summary>
    public int DayCount => _days.Length;

    /// <summary>Bars aimed at per day.</summary>
    public int BarsPerDay { get; }

    /// <summary>What the threshold is a multiple of, base units.</summary>
    public decimal Step => Fixed8.ToDecimal(_step);

    /// <summary>Start of the running day, milliseconds since the Unix epoch, UTC; null before the first volume.</summary>
    public long? DayStartMs => _hasStarted ? _day * DayMs : null;

    /// <summary>Volume of the running day so far, base units.</summary>
    public decimal DayVolume => TradeTotals.ToDecimalE8(_volume);

    /// <summary>N of the running day, base units; null while not all the days before it are known.</summary>
    public decimal? Threshold { get; private set; }

    /// <summary>Takes a trade.</summary>
    /// <param name="trade">Its time is not before that of the last one.</param>
    /// <returns>True when it is the first of a day, and <see cref="Threshold"/> is that of a new day.</returns>
    public bool Add(in AggTrade trade)
    {
        // A time before the running day, which cleaned trades do not have, counts in the running day.
        var isNewDay = !_hasStarted || trade.TimeMs >= (_day + 1) * DayMs;
        if (isNewDay) BeginDay(DayOf(trade.TimeMs));
        _hasGap = false;
        _volume += trade.QuantityE8;
        return isNewDay;
    }

    /// <summary>Tells that trades after the last one were lost for good: the whole days before the next one are unknown, not empty.</summary>
    public void MarkGap() => _hasGap = true;

    /// <summary>
    /// Sets the volume of a completed day, as its daily candle tells it. A day before the running one is filled or corrected; one that lies too far back to
    /// count is ignored. The running day, or a later one, is completed by it: the day after it is then the running one.
    /// </summary>
    /// <param name="dayStartMs">Start of the day, milliseconds since the Unix epoch; a multiple of <see cref="DayMs"/>.</param>
    /// <param name="volume">Volume of the day, base units: 0 or more, at most eight decimals.</param>
    /// <exception cref="ArgumentException">The start is not that of a day, or the volume is outside its range.</exception>
    public void SetDay(long dayStartMs, decimal volume)
    {
        if (dayStartMs % DayMs != 0 || dayStartMs is < 0 or > DayStartMsMax)
            throw new ArgumentOutOfRangeException(nameof(dayStartMs), dayStartMs, "expected the start of a UTC day from 1970 to 9999");
        if (volume < 0 || volume > (decimal)Fixed8.Max) throw new ArgumentOutOfRangeException(nameof(volume), volume, $"expected 0 to {Fixed8.Max}");
        var whole = decimal.Truncate(volume);
        var volumeE8 = ((Int128)whole * Fixed8.One) + Fixed8.FromDecimal(volume - whole);
        var day = dayStartMs / DayMs;
        if (!_hasStarted || day >= _day)
        {
            // Nobody has watched the days between the running one and this one, nor those from here to the next trade.
            _hasGap = true;
            BeginDay(day + 1);
        }
        if (day < _day - DayCount) return;
        _days[SlotOf(day)] = volumeE8;
        SetThreshold();
    }

    /// <summary>Writes the state and the parameters.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(VolumeCalibration), 1);
        writer.Write(DayCount);
        writer.Write(BarsPerDay);
        writer.Write(_step);
        writer.Write(_hasStarted);
        writer.Write(_hasGap);
        writer.Write(_day);
        writer.Write(_volume);
        foreach (var volume in _days) writer.Write(volume);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, the parameters included.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or not of a volume calibration.</exception>
    public static VolumeCalibration Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(VolumeCalibration), 1);
        VolumeCalibration calibration;
        try
        {
            calibration = new VolumeCalibration(reader.ReadInt32(), reader.ReadInt32(), BarThreshold.Checked(reader.ReadInt64()));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException("snapshot of a volume calibration is damaged: " + e.Message, e);
        }
        calibration._hasStarted = reader.ReadBoolean();
        calibration._hasGap = reader.ReadBoolean();
        calibration._day = reader.ReadInt64();
        calibration._volume = reader.ReadInt128();
        foreach (ref var volume in calibration._days.AsSpan()) volume = reader.ReadInt128();
        if (Math.Abs(calibration._day) > long.MaxValue / DayMs - 1 || calibration._volume < 0 || calibration._volume > DayVolumeMax
            || Array.Exists(calibration._days, volume => volume < Unknown || volume > DayVolumeMax))
            throw new InvalidDataException("snapshot of a volume calibration is damaged: its volumes are out of bounds");
        calibration.SetThreshold();
        return calibration;
    }

    private static long DayOf(long timeMs) => (timeMs / DayMs) - (timeMs % DayMs < 0 ? 1 : 0);

    private int SlotOf(long day) => (int)(((day % DayCount) + DayCount) % DayCount);

    private void BeginDay(long day)
    {
        if (_hasStarted)
        {
            var withoutTrades = _hasGap ? Unknown : 0;
            _days[SlotOf(_day)] = _volume > 0 ? _volume : withoutTrades;
            for (var between = Math.Max(_day + 1, day - DayCount); between < day; between++) _days[SlotOf(between)] = withoutTrades;
        }
        _hasStarted = true;
        _day = day;
        _volume = 0;
        SetThreshold();
    }

    private void SetThreshold()
    {
        Int128 sum = 0;
        foreach (var volume in _days)
        {
            if (volume == Unknown)
            {
                Threshold = null;
                return;
            }
            sum += volume;
        }

        // The mean over all, in steps: one division, so that nothing is rounded but the result.
        var divisor = (Int128)_days.Length * BarsPerDay * _step;
        var (steps, rest) = Int128.DivRem(sum, divisor);
        var twice = 2 * rest;
        if (twice > divisor || (twice == divisor && Int128.IsOddInteger(steps))) steps++;
        var stepsMax = Fixed8.Max / _step;
        Threshold = Fixed8.ToDecimal((long)Int128.Clamp(steps, 1, stepsMax) * _step);
    }
}
