namespace Granary.Silo.Dashboard.Bodies;

/// <summary>The market stream's connection.</summary>
/// <param name="Connected">Whether it stands.</param>
/// <param name="Detail">The last thing said about it.</param>
/// <param name="Rejects">Frames that could not be understood since the start.</param>
public sealed record StreamBody(bool Connected, string Detail, long Rejects);
