namespace Granary.Venues.Feeds;

/// <summary>What a frame of a backup feed said.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Detail">Why it was refused or is not handled; else empty.</param>
/// <param name="SymbolIndex">Of a gap in a book: whose; else -1.</param>
internal readonly record struct FeedFrame(FeedFrameKind Kind, string Detail = "", int SymbolIndex = -1);
