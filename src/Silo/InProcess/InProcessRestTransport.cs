using Granary.Exchange.Protocol;
using Granary.Venues.Transport;

namespace Granary.Silo.InProcess;

/// <summary>
/// Hands the client's requests to the built-in exchange in the same process: the same text, signatures and answers as over a socket, without one. The
/// simulation runs on it under virtual time; <see cref="Latency"/> and <see cref="Faults"/> stand for the network.
/// </summary>
/// <param name="protocol">The exchange.</param>
/// <param name="time">Clock for the latency.</param>
public sealed class InProcessRestTransport(RestProtocol protocol, TimeProvider time) : IRestTransport
{
    /// <summary>One-way delay, drawn anew for each direction; default none.</summary>
    public Func<TimeSpan> Latency { get; init; } = static () => TimeSpan.Zero;

    /// <summary>What happens to a request; default nothing.</summary>
    public Func<RestRequest, NetworkFault> Faults { get; init; } = static _ => NetworkFault.None;

    /// <inheritdoc/>
    public async ValueTask<RestResponse> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var fault = Faults(request);
        if (fault == NetworkFault.RequestLost) throw new RestTransportException("the connection was refused", maybeSent: false);
        await DelayAsync(cancellationToken);
        var reply = protocol.Handle(new RestCall(request.Method, request.Path, request.Query, request.Body, request.ApiKey, "in-process"));
        if (fault == NetworkFault.AnswerLost || reply.DelayMs >= request.Timeout.TotalMilliseconds)
        {
            await Task.Delay(request.Timeout, time, cancellationToken);
            throw new RestTransportException($"no answer within {request.Timeout.TotalSeconds} s", maybeSent: true);
        }

        if (reply.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(reply.DelayMs), time, cancellationToken);
        await DelayAsync(cancellationToken);
        if (reply.IsLost) throw new RestTransportException("the connection broke before the answer came", maybeSent: true);
        return new RestResponse(reply.Status, reply.Body, reply.UsedWeight1m, reply.RetryAfterS);
    }

    private Task DelayAsync(CancellationToken cancellationToken)
    {
        var delay = Latency();
        return delay > TimeSpan.Zero ? Task.Delay(delay, time, cancellationToken) : Task.CompletedTask;
    }
}
