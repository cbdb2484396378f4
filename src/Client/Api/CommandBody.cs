namespace Granary.Client.Api;

/// <summary>What became of a command.</summary>
public sealed record CommandBody
{
    /// <summary>Account name.</summary>
    public string Account { get; init; } = "";

    /// <summary>The command.</summary>
    public string Command { get; init; } = "";

    /// <summary>Whether the journal holds a record of it.</summary>
    public bool Recorded { get; init; }

    /// <summary>The account afterwards.</summary>
    public AccountBody View { get; init; } = new();
}
