using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation _activation;

    /// <summary>Creates the grain; only the runtime does.</summary>
    /// <exception cref="InvalidOperationException">The object was not created by the runtime.</exception>
    protected Grain() => _activation = Activation.ForConstruction(GetType());

    /// <summary>The activation.</summary>
    public IGrainContext GrainContext => _activation;

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => _activation.Silo.GrainFactory;

    /// <summary>A reference to this grain that can be handed to others.</summary>
    public GrainReference GrainReference => _activation.GrainReference;

    /// <summary>The grain's id as text.</summary>
    public string IdentityString => _activation.GrainId.ToString();

    /// <summary>Name of the silo.</summary>
    public string RuntimeIdentity => _activation.Silo.Name;

    /// <summary>The activation's services; scoped services live as long as the activation.</summary>
    protected internal IServiceProvider ServiceProvider => _activation.ActivationServices;

    /// <summary>Ends the activation as soon as its running calls have ended; the next call makes a new one.</summary>
    protected void DeactivateOnIdle() =>
        _activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    /// <summary>Keeps the activation from being collected as idle.</summary>
    /// <param name="timeSpan">For how long from now; <see cref="TimeSpan.MaxValue"/> is for ever, zero or less takes an earlier delay back.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => _activation.DelayDeactivation(timeSpan);

    /// <inheritdoc cref="IGrainBase.OnActivateAsync"/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="IGrainBase.OnDeactivateAsync"/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
