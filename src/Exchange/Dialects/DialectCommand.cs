namespace Granary.Exchange.Dialects;

/// <summary>What a client's message asks for.</summary>
/// <param name="Subscribes">Topics to begin.</param>
/// <param name="Unsubscribes">Topics to end.</param>
/// <param name="Answers">What is answered, in order.</param>
internal sealed record DialectCommand(
    IReadOnlyList<(string Symbol, DialectTopic Topic)> Subscribes, IReadOnlyList<(string Symbol, DialectTopic Topic)> Unsubscribes,
        IReadOnlyList<string> Answers);
