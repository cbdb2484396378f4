namespace Granary.Silo.Dashboard;

/// <summary>A file of the dashboard.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="ETag">Quoted hash of its bytes: a browser that has them is told so.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record PageFile(string ContentType, string ETag, ReadOnlyMemory<byte> Bytes);
