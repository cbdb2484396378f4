namespace Granary.Silo.Operator.Bodies;

/// <summary>A channel of alerts as the API tells it; never its address.</summary>
/// <param name="Name">Its configured name.</param>
/// <param name="Sent">Notices that arrived.</param>
/// <param name="Lost">Notices that were given up, or gave way to newer ones.</param>
/// <param name="Failures">Attempts that failed.</param>
/// <param name="Waiting">Notices that wait.</param>
public sealed record AlertChannelBody(string Name, long Sent, long Lost, long Failures, int Waiting);
