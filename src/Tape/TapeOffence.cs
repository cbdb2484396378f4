namespace Granary.Tape;

/// <summary>A wrong row that was left out.</summary>
/// <param name="Line">Line number from 1.</param>
/// <param name="Field">Column or JSON field, or empty.</param>
/// <param name="Defect">What is wrong.</param>
/// <param name="Text">The row, its first 200 characters.</param>
public sealed record TapeOffence(long Line, string Field, TapeDefect Defect, string Text);
