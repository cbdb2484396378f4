using Orleans.Embedded.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <content>Beginning, idleness and end.</content>
internal sealed partial class Activation
{
    /// <summary>Ends the activation as soon as its running requests have ended. From any thread; the first reason counts.</summary>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (ReferenceEquals(Current, this)) RequestDeactivation(deactivationReason);
        else Push(new ActionItem("deactivate-request", activation => activation.RequestDeactivation(deactivationReason)), false);
    }

    public void DelayDeactivation(TimeSpan time)
    {
        var now = Silo.Scheduler.CoarseSeconds;
        Extras.KeepUntilSeconds = time <= TimeSpan.Zero ? 0
            : time.TotalSeconds >= uint.MaxValue - now ? uint.MaxValue
            : now + (uint)Math.Ceiling(time.TotalSeconds);
    }

    /// <summary>Ends the activation if it is still idle when its turn comes. Called from outside of turns.</summary>
    public void CollectIfIdle() => Push(new ActionItem("collect", static activation =>
    {
        if (activation.IsIdle(activation.Silo.Scheduler.CoarseSeconds))
            activation.RequestDeactivation(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "The activation was idle."));
    }), false);

    /// <summary>Whether nothing happened for the class's collection age and nothing keeps it.</summary>
    public bool IsIdle(uint nowSeconds)
    {
        if (_state != ActivationState.Active || _deactivationRequested || Class.IsKeptAlive || QueuedCount > 0 || IsRunningRequests) return false;
        if (nowSeconds - LastActivitySeconds < Class.CollectionAgeSeconds) return false;
        return (_extras?.KeepUntilSeconds ?? 0) <= nowSeconds;
    }

    public IGrainTimer AddTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        if (!ReferenceEquals(Current, this)) throw new InvalidOperationException($"A timer of {GrainId} can only be registered in a turn of that grain.");
        if (_state > ActivationState.Active) throw new InvalidOperationException($"{GrainId} is ending; it takes no more timers.");
        var timer = new GrainTimer(this, token => callback(state, token), options);
        Extras.Timers = [.. Extras.Timers, timer];
        timer.Start(options.DueTime, options.Period);
        return timer;
    }

    public void RemoveTimer(GrainTimer timer)
    {
        if (_extras is { } extras) extras.Timers = [.. extras.Timers.Where(other => !ReferenceEquals(other, timer))];
    }

    /// <summary>Makes the grain object and runs OnActivateAsync. A turn.</summary>
    public void Activate()
    {
        _state = ActivationState.Activating;
        BeginBusy();
        try
        {
            _instance = Class.CreateInstance(this);
        }
        catch (Exception exception)
        {
            FailActivation(exception);
            return;
        }

        if (Class.HasOnActivate) _ = ActivateAsync((IGrainBase)_instance);
        else BecomeActive();
    }

    /// <summary>Runs OnDeactivateAsync. A turn.</summary>
    public void BeginDeactivation()
    {
        _state = ActivationState.Deactivating;
        BeginBusy();
        foreach (var timer in Extras.Timers) timer.Dispose();
        _ = DeactivateAsync();
    }

    private async Task ActivateAsync(IGrainBase grain)
    {
        var options = Silo.CollectionOptions;
        using var cancellation = new CancellationTokenSource(options.ActivationTimeout, Silo.TimeProvider);
        try
        {
            await grain.OnActivateAsync(cancellation.Token);
        }
        catch (Exception exception)
        {
            FailActivation(exception);
            return;
        }

        BecomeActive();
    }

    private void BecomeActive()
    {
        // Abandoned meanwhile: its successor is there.
        if (_state == ActivationState.Ended) return;
        EndBusy();
        LastActivitySeconds = Silo.Scheduler.CoarseSeconds;
        _state = ActivationState.Active;
        Class.OnActivated();
    }

    private void FailActivation(Exception exception)
    {
        if (_state == ActivationState.Ended) return;
        EndBusy();
        Silo.Log.ActivationFailed(GrainId, exception);
        foreach (var timer in _extras?.Timers ?? []) timer.Dispose();
        Class.Remove(this);
        _state = ActivationState.Ended;
        DrainInbox();
        while (_waitingHead is { } request)
        {
            Unlink(null, request);
            if (request.IsCounted) Unreserve();
            request.OnActivationFailed(exception);
        }

        _ = ReleaseAsync();
    }

    private void RequestDeactivation(DeactivationReason reason)
    {
        if (_deactivationRequested || _state > ActivationState.Active) return;
        _deactivationRequested = true;
        var extras = Extras;
        extras.Reason = reason;
        extras.DeactivationCancellation = new CancellationTokenSource();
        extras.DeactivationTimer = Silo.TimeProvider.CreateTimer(
            static state => ((Activation)state!).OnDeactivationTimeout(), this, Silo.CollectionOptions.DeactivationTimeout, Timeout.InfiniteTimeSpan);
    }

    private void OnDeactivationTimeout() => Push(new ActionItem("deactivation-timeout", static activation => activation.ForceDeactivation()), false);

    private void ForceDeactivation()
    {
        if (_state == ActivationState.Ended) return;
        Silo.Log.DeactivationTookTooLong(GrainId, Silo.CollectionOptions.DeactivationTimeout);
        Extras.DeactivationCancellation?.Cancel();
        if (_state != ActivationState.Active)
        {
            EndDeactivation();
            return;
        }

        Extras.DeactivationTimer?.Change(Silo.CollectionOptions.DeactivationTimeout, Timeout.InfiniteTimeSpan);
        BeginDeactivation();
    }

    private async Task DeactivateAsync()
    {
        var extras = Extras;
        if (Class.HasOnDeactivate)
        {
            try
            {
                await ((IGrainBase)_instance!).OnDeactivateAsync(extras.Reason, extras.DeactivationCancellation!.Token);
            }
            catch (Exception exception)
            {
                Silo.Log.OnDeactivateFailed(GrainId, exception);
            }
        }

        EndDeactivation();
    }

    private void EndDeactivation()
    {
        if (_state == ActivationState.Ended) return;
        EndNow();
    }

    /// <summary>The activation is over; what waits goes to its successor.</summary>
    private void EndNow()
    {
        _extras?.DeactivationTimer?.Dispose();
        Class.Remove(this);
        _state = ActivationState.Ended;
        EndBusy();
        Class.OnDeactivated(this);
        DrainInbox();
        while (_waitingHead is { } request)
        {
            Unlink(null, request);
            Leave(request);
        }

        _ = ReleaseAsync();
    }

    private async Task ReleaseAsync()
    {
        var instance = _instance;
        _instance = null;
        try
        {
            if (instance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else if (instance is IDisposable disposable) disposable.Dispose();
            if (_extras is { } extras) await extras.DisposeScopeAsync();
        }
        catch (Exception exception)
        {
            Silo.Log.OnDeactivateFailed(GrainId, exception);
        }

        Extras.Deactivated.TrySetResult();
    }
}
