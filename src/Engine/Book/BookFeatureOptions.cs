namespace Granary.Engine.Book;

/// <summary>The parameters of <see cref="BookFeatures"/>. Windows are counted in updates.</summary>
public sealed record BookFeatureOptions
{
    /// <summary>The longest window that may be configured: 100,000 updates.</summary>
    public const int WindowMax = 100_000;

    /// <summary>Updates in the windowed order flow imbalance; 1 to <see cref="WindowMax"/>, default 50.</summary>
    public int OfiWindow { get; init; } = 50;

    /// <summary>Updates that the microprice momentum looks back; 1 to <see cref="WindowMax"/>, default 20.</summary>
    public int MomentumLag { get; init; } = 20;

    /// <summary>Changes of the book in the depth change rate; 1 to <see cref="WindowMax"/>, default 100.</summary>
    public int ChangeWindow { get; init; } = 100;

    /// <summary>Levels of a side among which large orders are looked for; 1 to <see cref="LargeOrders.LevelsMax"/>, default 20.</summary>
    public int LargeLevels { get; init; } = 20;

    /// <summary>A level is large from this multiple of the median on; above 0 to <see cref="LargeOrders.MultipleMax"/>, default 5.</summary>
    public decimal LargeMultiple { get; init; } = 5m;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        Check(nameof(OfiWindow), OfiWindow, WindowMax);
        Check(nameof(MomentumLag), MomentumLag, WindowMax);
        Check(nameof(ChangeWindow), ChangeWindow, WindowMax);
        Check(nameof(LargeLevels), LargeLevels, LargeOrders.LevelsMax);
        if (LargeMultiple is <= 0 or > LargeOrders.MultipleMax)
            throw new ArgumentException(FormattableString.Invariant($"LargeMultiple is {LargeMultiple}; it must be above 0 to {LargeOrders.MultipleMax}"));
    }

    private static void Check(string name, int value, int max)
    {
        if (value < 1 || value > max) throw new ArgumentException($"{name} is {value}; it must be 1 to {max}");
    }
}
