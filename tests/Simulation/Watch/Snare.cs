namespace Granary.Simulation.Watch;

/// <summary>Catches calls of the engine's journal or REST transport, which are not answered until they are let go: what hangs a grain.</summary>
internal sealed class Snare
{
    private string? _wanted;
    private TaskCompletionSource? _held;
    private bool _isForAll;

    /// <summary>Whether a call is held.</summary>
    public bool IsHolding => _held is { Task.IsCompleted: false };

    /// <summary>The next call whose name begins so is caught: "append owner", "snapshot owner", or a request's method and path.</summary>
    public void Set(string wanted) => (_wanted, _isForAll) = (wanted, false);

    /// <summary>Every call whose name begins so is caught.</summary>
    public void SetAll(string wanted) => (_wanted, _isForAll) = (wanted, true);

    /// <summary>Lets go of what is held, and catches nothing more.</summary>
    public void Release()
    {
        _wanted = null;
        _held?.TrySetResult();
    }

    /// <summary>Forgets what is held: whoever waited for it is dead.</summary>
    public void Clear() => (_wanted, _held) = (null, null);

    /// <summary>What the call has to wait for; null for nothing.</summary>
    public Task? Catch(string call)
    {
        if (_wanted is null || !call.StartsWith(_wanted, StringComparison.Ordinal)) return null;
        if (!_isForAll) _wanted = null;
        if (!IsHolding) _held = new TaskCompletionSource();
        return _held!.Task;
    }
}
