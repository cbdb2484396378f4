using System.Text;

namespace Granary.Exchange.Protocol;

/// <summary>One stream and who listens to it. An event is encoded once per form (bare, wrapped) and the bytes are shared by all sessions.</summary>
internal sealed class StreamTopic(string name, bool conflates, string? account = null)
{
    private readonly List<StreamSession> _sessions = [];
    private readonly byte[] _wrapHead = Encoding.UTF8.GetBytes($"{{\"stream\":\"{name}\",\"data\":");

    public string Name { get; } = name;

    public bool Conflates => conflates;

    /// <summary>Account of a user stream, else null.</summary>
    public string? Account => account;

    public bool HasSessions => _sessions.Count > 0;

    public IReadOnlyList<StreamSession> Sessions => _sessions;

    public void Add(StreamSession session)
    {
        if (!_sessions.Contains(session)) _sessions.Add(session);
    }

    public void Remove(StreamSession session) => _sessions.Remove(session);

    /// <summary>Hands the event to every session.</summary>
    /// <param name="payload">The bare event.</param>
    /// <param name="userEvent">Type of a user event, for sessions that asked for some types only; null for market events.</param>
    public void Publish(WireWriter payload, string? userEvent = null)
    {
        byte[]? bare = null;
        byte[]? wrapped = null;
        foreach (var session in _sessions)
        {
            if (userEvent is not null && !session.Wants(userEvent)) continue;
            var frame = session.IsWrapped ? wrapped ??= Wrap(payload.Written) : bare ??= payload.ToArray();
            if (session.HasFaults) session.Deliver(this, userEvent, frame, bare ??= payload.ToArray());
            else session.Enqueue(frame, conflates ? this : null);
        }
    }

    private byte[] Wrap(ReadOnlySpan<byte> payload)
    {
        var frame = new byte[_wrapHead.Length + payload.Length + 1];
        _wrapHead.CopyTo(frame, 0);
        payload.CopyTo(frame.AsSpan(_wrapHead.Length));
        frame[^1] = (byte)'}';
        return frame;
    }
}
