using Orleans.Embedded.Activations;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>Work that waits until the activation may start it: a call, a timer tick or a stream delivery.</summary>
public abstract class Request : WorkItem
{
    private protected Request(CallOptions options) => Options = options;

    internal CallOptions Options { get; }

    /// <summary>How the activation counts it while it runs.</summary>
    internal Gate Gate { get; set; }

    /// <summary>Whether somebody still wants it done.</summary>
    internal virtual bool IsLive => true;

    /// <summary>Whether it counts against the bound of the mailbox.</summary>
    internal virtual bool IsCounted => true;

    /// <summary>Whether it keeps the activation from being collected as idle.</summary>
    internal virtual bool IsActivity => true;

    /// <summary>The activation ended before it could start.</summary>
    internal abstract void OnActivationEnded(Activation activation);

    /// <summary>The activation could not be made.</summary>
    internal abstract void OnActivationFailed(Exception exception);
}
