namespace Granary.Client.Data;

/// <summary>One kind of finding in one file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Count">How often, 1 or more.</param>
/// <param name="Detail">A sum or span that belongs to it, or empty.</param>
/// <param name="First">The first places, at most <see cref="FindingLog.PlacesMax"/>.</param>
public sealed record Finding(FindingKind Kind, long Count, string Detail, IReadOnlyList<FindingPlace> First);
