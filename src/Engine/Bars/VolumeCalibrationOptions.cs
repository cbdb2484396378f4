namespace Granary.Engine.Bars;

/// <summary>How the volume threshold of a symbol follows its market (formulas §1.7).</summary>
public sealed record VolumeCalibrationOptions
{
    /// <summary>Completed UTC days in the mean; 1 to <see cref="VolumeCalibration.DayCountMax"/>, default 7.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Bars aimed at per day; 1 to <see cref="VolumeCalibration.BarsPerDayMax"/>, default 1,500.</summary>
    public int BarsPerDay { get; init; } = 1_500;

    /// <summary>What the threshold is a multiple of, base units; above 0, at most eight decimals, default 0.001.</summary>
    public decimal Step { get; init; } = 0.001m;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate() => _ = new VolumeCalibration(Days, BarsPerDay, Step);
}
