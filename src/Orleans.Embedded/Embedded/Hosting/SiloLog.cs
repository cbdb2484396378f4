using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded.Hosting;

/// <summary>What the runtime logs.</summary>
internal sealed partial class SiloLog(ILogger logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(1, LogLevel.Information, "{Runtime} started with {ClassCount} grain classes")]
    public partial void Started(string runtime, int classCount);

    [LoggerMessage(2, LogLevel.Error, "Activation of {Grain} failed")]
    public partial void ActivationFailed(GrainId grain, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "The end of {Grain} failed")]
    public partial void OnDeactivateFailed(GrainId grain, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "{Grain} did not end within {Timeout}; it is left behind")]
    public partial void DeactivationTookTooLong(GrainId grain, TimeSpan timeout);

    [LoggerMessage(5, LogLevel.Error, "A timer callback of {Grain} failed; its schedule goes on")]
    public partial void TimerCallbackFailed(GrainId grain, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "One-way call {Method} of {Grain} failed")]
    public partial void OneWayFailed(string method, GrainId grain, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "{ActivationCount} activations did not end in time; they are left behind")]
    public partial void StopTookTooLong(int activationCount);

    [LoggerMessage(8, LogLevel.Warning, "A turn of {Grain} ({Turn}) took {Length}")]
    public partial void LongTurn(GrainId grain, string turn, TimeSpan length);

    [LoggerMessage(11, LogLevel.Error, "{Grain} is left behind: {Reason}")]
    public partial void Abandoned(GrainId grain, string reason);

    [LoggerMessage(10, LogLevel.Critical, "The runtime itself failed in a turn; this is a defect")]
    public partial void RuntimeFault(Exception exception);

    [LoggerMessage(9, LogLevel.Error, "An observer of stream {Stream} failed; it goes on with the next event")]
    public partial void StreamObserverFailed(string stream, Exception exception);
}
