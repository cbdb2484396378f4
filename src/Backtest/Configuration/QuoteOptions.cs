namespace Granary.Backtest.Configuration;

/// <summary>How the market maker quotes.</summary>
public sealed record QuoteOptions
{
    /// <summary>Distance of each order from the middle, ticks; 1 to 100,000, default 20.</summary>
    public int Ticks { get; init; } = 20;

    /// <summary>Position up to which the side that increases it is quoted, base units; default 5.</summary>
    public decimal PositionMax { get; init; } = 5;

    /// <summary>Time between renewals, milliseconds; 1 to 3,600,000, default 100.</summary>
    public long EveryMs { get; init; } = 100;

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (Ticks is < 1 or > 100_000) throw new ArgumentException($"{nameof(Ticks)} was {Ticks}, expected 1 to 100000", nameof(Ticks));
        if (PositionMax <= 0)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(PositionMax)} was {PositionMax}, expected above 0"), nameof(PositionMax));
        if (EveryMs is < 1 or > 3_600_000) throw new ArgumentException($"{nameof(EveryMs)} was {EveryMs}, expected 1 to 3600000", nameof(EveryMs));
    }
}
