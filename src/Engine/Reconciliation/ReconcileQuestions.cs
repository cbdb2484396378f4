namespace Granary.Engine.Reconciliation;

/// <summary>What has to be asked one by one, because the venue's lists do not tell: the client ids of orders and of stops.</summary>
/// <param name="Orders">Live orders that are not listed as open.</param>
/// <param name="Stops">Stops that may wait and are not listed.</param>
public sealed record ReconcileQuestions(IReadOnlyList<string> Orders, IReadOnlyList<string> Stops);
