namespace Granary.Silo.InProcess;

/// <summary>What a simulated network does to one request.</summary>
public enum NetworkFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The request never reaches the exchange, and the client knows.</summary>
    RequestLost,

    /// <summary>The exchange carries the request out; its answer never arrives.</summary>
    AnswerLost,
}
