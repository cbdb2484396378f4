namespace Granary.Backtest.Validation;

/// <summary>A test set was looked at before.</summary>
/// <param name="message">When, and what to do.</param>
public sealed class TestSetUsedException(string message) : Exception(message);
