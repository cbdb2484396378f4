namespace Granary.Silo.Dashboard.Live;

/// <summary>One snapshot of a topic as it goes over the wire: a whole server-sent event, made once and shared by every client.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Bytes">UTF-8, with the empty line at the end.</param>
public sealed record LiveFrame(string Topic, ReadOnlyMemory<byte> Bytes);
