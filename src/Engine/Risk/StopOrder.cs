using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>What a kill switch demands, of whom and why.</summary>
/// <param name="Action">What is demanded.</param>
/// <param name="Scope">Account or engine.</param>
/// <param name="Who">Operator, or "engine" for an automatic trigger.</param>
/// <param name="Reason">Why, for operators.</param>
/// <param name="TimeMs">Since when, milliseconds since the Unix epoch, UTC.</param>
public sealed record StopOrder(StopAction Action, StopScope Scope, string Who, string Reason, long TimeMs)
{
    /// <summary>The trading state that follows.</summary>
    public TradingState State => Action switch
    {
        StopAction.None => TradingState.Active,
        StopAction.ReduceOnly => TradingState.ReduceOnly,
        _ => TradingState.Halted,
    };

    internal void Write(SnapshotWriter writer)
    {
        writer.Write((int)Action);
        writer.Write((int)Scope);
        writer.Write(Who);
        writer.Write(Reason);
        writer.Write(TimeMs);
    }

    internal static StopOrder Read(ref SnapshotReader reader)
    {
        var action = (StopAction)reader.ReadInt32();
        var scope = (StopScope)reader.ReadInt32();
        if (!Enum.IsDefined(action) || !Enum.IsDefined(scope)) throw new InvalidDataException($"snapshot is damaged: a stop of action {action}, scope {scope}");
        return new StopOrder(action, scope, reader.ReadString(), reader.ReadString(), reader.ReadInt64());
    }
}
