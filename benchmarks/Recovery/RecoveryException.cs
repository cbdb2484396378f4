namespace Granary.Recovery;

/// <summary>Something did not hold, or did not come in time.</summary>
internal sealed class RecoveryException(string message) : Exception(message);
