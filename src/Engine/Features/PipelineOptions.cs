using System.Globalization;
using Granary.Engine.Bars;
using Granary.Engine.Factors;

namespace Granary.Engine.Features;

/// <summary>What turns trades into bars and features. The windows are counted in bars unless said otherwise.</summary>
public sealed record PipelineOptions
{
    /// <summary>The longest window that may be configured: 100,000 bars or trades.</summary>
    public const int WindowMax = 100_000;

    /// <summary>The most z-score windows that may be configured: 8.</summary>
    public const int ZWindowCountMax = 8;

    /// <summary>Volume that closes a bar, base units; above 0, at most 46,116,860,184, at most eight decimals.</summary>
    public required decimal VolumeThreshold { get; init; }

    /// <summary>Bars in the rolling VWAP; 1 to <see cref="WindowMax"/>, default 200.</summary>
    public int VwapWindow { get; init; } = 200;

    /// <summary>Bars in the average true range; 1 to <see cref="WindowMax"/>, default 100.</summary>
    public int AtrWindow { get; init; } = 100;

    /// <summary>Price changes in the regression of Kyle's lambda; 2 to <see cref="WindowMax"/>, default 100.</summary>
    public int KyleWindow { get; init; } = 100;

    /// <summary>Trades, before the bar, in the quantile of trade sizes; 1 to <see cref="WindowMax"/>, default 10,000.</summary>
    public int Q90Window { get; init; } = 10_000;

    /// <summary>Trades needed before the quantile of trade sizes has a value; 1 to <see cref="Q90Window"/>, default 1,000.</summary>
    public int Q90Min { get; init; } = 1_000;

    /// <summary>The quantile above which a trade is large, a fraction; 0 to 1, default 0.9.</summary>
    public decimal Q90Level { get; init; } = 0.9m;

    /// <summary>Bars in VPIN; 1 to <see cref="WindowMax"/>, default 50.</summary>
    public int VpinWindow { get; init; } = 50;

    /// <summary>
    /// Bars in each of the z-scores, rising; up to <see cref="ZWindowCountMax"/> windows of 2 to <see cref="WindowMax"/>, default 20, 100, 500.
    /// </summary>
    public IReadOnlyList<int> ZWindows { get; init; } = [20, 100, 500];

    /// <summary>
    /// How the volume threshold follows the market day by day (formulas §1.7): <see cref="VolumeThreshold"/> holds until as many completed days are known.
    /// Null, the default, for a threshold that stays.
    /// </summary>
    public VolumeCalibrationOptions? Calibration { get; init; }

    /// <summary>The bars built beside the volume bars; null, the default, for none.</summary>
    public BarTrackOptions? Tracks { get; init; }

    /// <summary>The one-minute factors (formulas §6), computed from time bars of a minute, which <see cref="Tracks"/> must name; null, the default, for none.</summary>
    public MinuteFactorOptions? Factors { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        var thresholdMax = Market.Fixed8.ToDecimal(Market.Fixed8.Max);
        if (VolumeThreshold <= 0 || VolumeThreshold > thresholdMax || decimal.Round(VolumeThreshold, Market.Fixed8.Decimals) != VolumeThreshold)
            throw Wrong(nameof(VolumeThreshold), VolumeThreshold, FormattableString.Invariant($"above 0 to {thresholdMax} with at most eight decimals"));
        Check(nameof(VwapWindow), VwapWindow, 1, WindowMax);
        Check(nameof(AtrWindow), AtrWindow, 1, WindowMax);
        Check(nameof(KyleWindow), KyleWindow, 2, WindowMax);
        Check(nameof(Q90Window), Q90Window, 1, WindowMax);
        Check(nameof(Q90Min), Q90Min, 1, Q90Window);
        if (Q90Level is < 0 or > 1) throw Wrong(nameof(Q90Level), Q90Level, "0 to 1");
        Check(nameof(VpinWindow), VpinWindow, 1, WindowMax);
        if (ZWindows is null || ZWindows.Count > ZWindowCountMax) throw Wrong(nameof(ZWindows), ZWindowsText(), $"up to {ZWindowCountMax} windows");
        for (var i = 0; i < ZWindows.Count; i++) Check(nameof(ZWindows), ZWindows[i], i == 0 ? 2 : ZWindows[i - 1] + 1, WindowMax);
        Calibration?.Validate();
        Tracks?.Validate();
        Factors?.Validate();
        if (Factors is not null && Tracks?.TimeBarStepsMs.Contains(MinuteFactors.MinuteMs) != true)
        {
            throw new ArgumentException(
                $"{nameof(Factors)} are computed from time bars of {MinuteFactors.MinuteMs} ms, which {nameof(Tracks)} does not name; add that step", nameof(Factors));
        }
    }

    /// <summary>Every option by name, as text that is equal exactly when the option is.</summary>
    internal IEnumerable<(string Name, string Value)> Describe()
    {
        yield return (nameof(VolumeThreshold), Text(VolumeThreshold));
        yield return (nameof(VwapWindow), Text(VwapWindow));
        yield return (nameof(AtrWindow), Text(AtrWindow));
        yield return (nameof(KyleWindow), Text(KyleWindow));
        yield return (nameof(Q90Window), Text(Q90Window));
        yield return (nameof(Q90Min), Text(Q90Min));
        yield return (nameof(Q90Level), Text(Q90Level));
        yield return (nameof(VpinWindow), Text(VpinWindow));
        yield return (nameof(ZWindows), ZWindowsText());
        yield return (nameof(Calibration), Calibration is { } c ? $"{Text(c.Days)} {Text(c.BarsPerDay)} {Text(c.Step)}" : "none");
        yield return (nameof(Tracks), Tracks is null ? "none" : "some");
        yield return (nameof(Factors), Factors is null ? "none" : "some");
    }

    private string ZWindowsText() => ZWindows is null ? "none" : string.Join(' ', ZWindows.Select(window => Text(window)));

    // G29 drops trailing zeros: 5 and 5.0 are the same option.
    private static string Text(decimal value) => value.ToString("G29", CultureInfo.InvariantCulture);

    private static void Check(string name, int value, int min, int max)
    {
        if (value < min || value > max) throw Wrong(name, value, $"{min} to {max}");
    }

    private static ArgumentException Wrong(string name, object value, string range) =>
        new(FormattableString.Invariant($"{name} was {value}, expected {range}"), name);
}
