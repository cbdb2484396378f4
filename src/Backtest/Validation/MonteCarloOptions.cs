namespace Granary.Backtest.Validation;

/// <summary>How a run's past is resampled.</summary>
public sealed record MonteCarloOptions
{
    /// <summary>Paths; 10 to 1,000,000, default 2,000.</summary>
    public int Paths { get; init; } = 2_000;

    /// <summary>Days drawn together, so that what hangs together stays together; 1 or more, default 5. Not used for trades.</summary>
    public int BlockDays { get; init; } = 5;

    /// <summary>Seed.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (Paths is < 10 or > 1_000_000) throw new ArgumentException($"{nameof(Paths)} was {Paths}, expected 10 to 1000000", nameof(Paths));
        if (BlockDays < 1) throw new ArgumentException($"{nameof(BlockDays)} was {BlockDays}, expected 1 or more", nameof(BlockDays));
    }
}
