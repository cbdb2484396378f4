using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Embedded.Activations;

/// <summary>What most activations do not need, kept apart so that they stay small.</summary>
internal sealed class ActivationExtras
{
    private AsyncServiceScope? _scope;

    public TaskCompletionSource Deactivated { get; } = new();

    public DeactivationReason Reason { get; set; }

    /// <summary>Ends the wait for running calls and for OnDeactivateAsync.</summary>
    public ITimer? DeactivationTimer { get; set; }

    public CancellationTokenSource? DeactivationCancellation { get; set; }

    /// <summary>Replaced as a whole, and only in turns: others may look at them meanwhile.</summary>
    public GrainTimer[] Timers { get; set; } = [];

    /// <summary>Not collected as idle before this second; <see cref="uint.MaxValue"/> for never.</summary>
    public uint KeepUntilSeconds { get; set; }

    public IServiceProvider GetServices(IServiceProvider root)
    {
        _scope ??= root.CreateAsyncScope();
        return _scope.Value.ServiceProvider;
    }

    public ValueTask DisposeScopeAsync() => _scope?.DisposeAsync() ?? default;
}
