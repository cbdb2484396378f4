namespace Granary.Client.Api;

/// <summary>The whole picture of a silo.</summary>
public sealed record StatusBody
{
    /// <summary>The engine's short name.</summary>
    public string Engine { get; init; } = "";

    /// <summary>Version of the silo.</summary>
    public string Version { get; init; } = "";

    /// <summary>Which actor runtime carries the grains.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>Name of the venue.</summary>
    public string Venue { get; init; } = "";

    /// <summary>Whether orders move real money.</summary>
    public bool RealMoney { get; init; }

    /// <summary>What feeds the built-in exchange, or empty.</summary>
    public string Market { get; init; } = "";

    /// <summary>When the silo started, milliseconds since the Unix epoch, UTC.</summary>
    public long StartedMs { get; init; }

    /// <summary>The silo's clock, milliseconds since the Unix epoch, UTC.</summary>
    public long NowMs { get; init; }

    /// <summary>healthy or unhealthy.</summary>
    public string Status { get; init; } = "";

    /// <summary>What is wrong, in sentences.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What an operator should know though nothing is wrong.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>All accounts.</summary>
    public IReadOnlyList<AccountBody> Accounts { get; init; } = [];

    /// <summary>All symbols.</summary>
    public IReadOnlyList<SymbolBody> Symbols { get; init; } = [];
}
