using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>Base of generated references: turns method calls into messages.</summary>
public abstract class GrainProxy : GrainReference
{
    /// <summary>Creates a reference.</summary>
    /// <param name="arguments">What it refers to.</param>
    protected GrainProxy(GrainProxyArguments arguments)
        : base(arguments.Shared, arguments.Key) => Target = arguments.Target;

    /// <summary>The activation that was last found for the grain; for an observer the only one.</summary>
    internal Activation? Target { get; set; }

    /// <summary>Sends a call whose answer is a <see cref="ValueTask{TResult}"/>.</summary>
    /// <typeparam name="TResult">Type of the result.</typeparam>
    /// <param name="call">The call.</param>
    protected ValueTask<TResult> Send<TResult>(ResultCall<TResult> call)
    {
        call.Begin();
        var task = call.AsValueTask();
        Shared.Silo.Send(call, this);
        return task;
    }

    /// <summary>Sends a call whose answer is a <see cref="ValueTask"/>.</summary>
    /// <param name="call">The call.</param>
    protected ValueTask Send(VoidCall call)
    {
        call.Begin();
        var task = call.AsValueTask();
        Shared.Silo.Send(call, this);
        return task;
    }

    /// <summary>Sends a call whose answer is a <see cref="Task{TResult}"/>.</summary>
    /// <typeparam name="TResult">Type of the result.</typeparam>
    /// <param name="call">The call.</param>
    protected Task<TResult> SendTask<TResult>(ResultCall<TResult> call)
    {
        call.Begin();
        var task = call.AsTask();
        Shared.Silo.Send(call, this);
        return task;
    }

    /// <summary>Sends a call whose answer is a <see cref="Task"/>.</summary>
    /// <param name="call">The call.</param>
    protected Task SendTask(VoidCall call)
    {
        call.Begin();
        var task = call.AsTask();
        Shared.Silo.Send(call, this);
        return task;
    }

    /// <summary>Sends a call that has no answer.</summary>
    /// <param name="call">The call.</param>
    protected void SendOneWay(GrainCall call)
    {
        call.Begin();
        Shared.Silo.Send(call, this);
    }
}
