namespace Orleans.Embedded.Simulation;

/// <summary>Runs plain asynchronous code as turns of a simulation: every continuation is a turn of its own, chosen by the seed.</summary>
internal sealed class SimulationTaskScheduler(DeterministicScheduler scheduler, SimulationProcess process) : TaskScheduler
{
    private bool _isExecuting;

    public override int MaximumConcurrencyLevel => 1;

    public void Execute(Task task)
    {
        _isExecuting = true;
        try
        {
            TryExecuteTask(task);
        }
        finally
        {
            _isExecuting = false;
        }
    }

    protected override void QueueTask(Task task) => scheduler.Add(process, task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _isExecuting && ReferenceEquals(Current, this) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
