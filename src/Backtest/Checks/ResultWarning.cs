namespace Granary.Backtest.Checks;

/// <summary>A reason not to believe a result as it stands.</summary>
/// <param name="Name">Its name, one of <see cref="WarningNames"/>.</param>
/// <param name="Message">What was found, with its numbers.</param>
public sealed record ResultWarning(string Name, string Message)
{
    /// <summary>Where it is explained, a place in the repository.</summary>
    public string Explanation => $"docs/backtesting.md#{Name}";
}
