namespace Granary.Exchange.Faults;

/// <summary>When, where and how often a fault happens. What is null matches everything.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record FaultRule(FaultKind Kind)
{
    /// <summary>Account, by name.</summary>
    public string? Account { get; init; }

    /// <summary>Upper-case symbol of the request or stream.</summary>
    public string? Symbol { get; init; }

    /// <summary>Method and path of a request, such as POST /fapi/v1/order.</summary>
    public string? Request { get; init; }

    /// <summary>Stream name, or a user event's type.</summary>
    public string? Stream { get; init; }

    /// <summary>Number of the connection, 1 for the first that was opened.</summary>
    public long? Connection { get; init; }

    /// <summary>Protocol time from which on it happens, milliseconds since the Unix epoch, UTC; 0 for at once.</summary>
    public long FromMs { get; init; }

    /// <summary>Protocol time until which it happens, exclusive; 0 for always.</summary>
    public long UntilMs { get; init; }

    /// <summary>How many matching requests or events are let through first. Count, 0 or more.</summary>
    public int After { get; init; }

    /// <summary>How often it happens; 0 for no bound.</summary>
    public int Times { get; init; }

    /// <summary>How likely a match fails, above 0 to 1. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Seconds, milliseconds or a count, as the kind says.</summary>
    public long Value { get; init; }

    /// <exception cref="ArgumentException">A member is out of its range; it is named.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Kind)) throw new ArgumentException($"kind was {Kind}: there is no such fault");
        if (!(Probability > 0 && Probability <= 1)) throw new ArgumentException($"probability was {Probability}; allowed is above 0 to 1");
        if (After < 0) throw new ArgumentException($"after was {After}; allowed is 0 or more");
        if (Times < 0) throw new ArgumentException($"times was {Times}; allowed is 0 or more");
        if (Kind is not FaultKind.ClockSkew && Value is < 0 or > 3_600_000) throw new ArgumentException($"value was {Value}; allowed is 0 to 3600000");
        if (Kind == FaultKind.Refused && Value == 0) throw new ArgumentException("value was 0; a refusal needs the magnitude of its code, such as 4120");
    }
}
