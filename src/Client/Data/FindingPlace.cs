namespace Granary.Client.Data;

/// <summary>Where a finding stands.</summary>
/// <param name="Line">Line number from 1, or 0 when it concerns the whole file.</param>
/// <param name="Text">What was found there.</param>
public readonly record struct FindingPlace(long Line, string Text);
