using Granary.Exchange.Protocol;

namespace Granary.Exchange.Faults;

/// <summary>Puts faults between an event and one session's queue. Called within the stream protocol's gate.</summary>
internal sealed class StreamFaults(StreamSession session)
{
    private const int HeldMax = 1024;

    private static readonly FaultKind[] Kinds =
    [
        FaultKind.EventLost, FaultKind.EventTwice, FaultKind.EventLate, FaultKind.EventBare, FaultKind.SocketCut, FaultKind.SocketClosed,
        FaultKind.FieldAdded, FaultKind.ValueUnknown, FaultKind.BalanceEmpty, FaultKind.CrossOverstated,
    ];

    private readonly List<(byte[] Frame, StreamTopic Topic, long Ahead)> _held = [];

    /// <summary>Sends an event, or does to it what the plan says.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="topic">The stream.</param>
    /// <param name="userEvent">Type of a user event, or null.</param>
    /// <param name="frame">The event in the session's form.</param>
    /// <param name="bare">The event without its wrapping.</param>
    /// <param name="nowMs">Protocol clock.</param>
    public void Deliver(FaultPlan plan, StreamTopic topic, string? userEvent, byte[] frame, byte[] bare, long nowMs)
    {
        var rule = plan.OnStream(Kinds, topic.Name, userEvent, topic.Account, session.Number, nowMs);
        switch (rule?.Kind)
        {
            case FaultKind.EventLost:
                return;
            case FaultKind.SocketCut:
                session.Close("cut by a fault", discards: true);
                return;
            case FaultKind.SocketClosed:
                Send(topic, frame);
                session.Close("closed by a fault as after 24 hours", discards: false);
                return;
            case FaultKind.FieldAdded or FaultKind.ValueUnknown or FaultKind.BalanceEmpty or FaultKind.CrossOverstated:
                Send(topic, Disguise.Apply(rule, frame));
                break;
            case FaultKind.EventLate when _held.Count < HeldMax:
                _held.Add((frame, topic, Math.Max(1, rule.Value)));
                return;
            case FaultKind.EventBare:
                Send(topic, bare);
                break;
            case FaultKind.EventTwice:
                Send(topic, frame);
                Send(topic, frame);
                break;
            default:
                Send(topic, frame);
                break;
        }
        Release();
    }

    private void Send(StreamTopic topic, byte[] frame) => session.Enqueue(frame, topic.Conflates ? topic : null);

    /// <summary>Sends what has been overtaken often enough.</summary>
    private void Release()
    {
        for (var i = 0; i < _held.Count; i++)
        {
            var held = _held[i] with { Ahead = _held[i].Ahead - 1 };
            _held[i] = held;
            if (held.Ahead > 0) continue;
            _held.RemoveAt(i--);
            Send(held.Topic, held.Frame);
        }
    }
}
