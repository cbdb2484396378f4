using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Support;

/// <summary>Hands out scripted connections and remembers them.</summary>
internal sealed class ScriptedStreams(TimeProvider time) : IStreamTransport
{
    public List<ScriptedConnection> Connections { get; } = [];

    public List<DateTimeOffset> Attempts { get; } = [];

    /// <summary>Called for each attempt; may throw, and may prepare the connection.</summary>
    public Action<ScriptedConnection> OnConnect { get; set; } = static _ => { };

    /// <summary>When true, attempts hang until cancelled.</summary>
    public bool IsHanging { get; set; }

    public ScriptedConnection Last(string prefix) => Connections.Last(connection => connection.Path.StartsWith(prefix, StringComparison.Ordinal));

    public int Count(string prefix) => Connections.Count(connection => connection.Path.StartsWith(prefix, StringComparison.Ordinal));

    public async ValueTask<IStreamConnection> ConnectAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        Attempts.Add(time.GetUtcNow());
        if (IsHanging) await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        var connection = new ScriptedConnection(pathAndQuery, time);
        OnConnect(connection);
        Connections.Add(connection);
        return connection;
    }
}
