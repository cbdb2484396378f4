namespace Granary.Client.Api;

/// <summary>What became of a command to the whole engine.</summary>
public sealed record EngineCommandBody
{
    /// <summary>The command.</summary>
    public string Command { get; init; } = "";

    /// <summary>Whether the journal holds a record of it.</summary>
    public bool Recorded { get; init; }

    /// <summary>The engine's stop in force.</summary>
    public EngineStopBody Stop { get; init; } = new();

    /// <summary>Accounts that did not answer yet.</summary>
    public IReadOnlyList<string> Untold { get; init; } = [];

    /// <summary>The accounts afterwards.</summary>
    public IReadOnlyList<AccountBody> Accounts { get; init; } = [];
}
