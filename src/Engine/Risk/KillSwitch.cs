using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// Who stopped an account, and why: one order of the account, one of the engine, the stricter holds (of equal ones the account's). Operators set and lift
/// stops; triggers only make the account's stricter, and it stays until an operator lifts it, also when the incident has passed. Lifted while the incident
/// lasts, it fires again at the next measurement.
/// </summary>
/// <param name="triggers">What incidents lead to.</param>
public sealed class KillSwitch(IReadOnlyList<KillSwitchTrigger> triggers)
{
    private static readonly StopOrder AccountFree = new(StopAction.None, StopScope.Account, "", "", 0);
    private static readonly StopOrder EngineFree = new(StopAction.None, StopScope.Engine, "", "", 0);

    /// <summary>The account's own.</summary>
    public StopOrder OfAccount { get; private set; } = AccountFree;

    /// <summary>The whole engine's.</summary>
    public StopOrder OfEngine { get; private set; } = EngineFree;

    /// <summary>What holds.</summary>
    public StopOrder Effective => OfEngine.Action > OfAccount.Action ? OfEngine : OfAccount;

    /// <summary>Sets or lifts a stop by hand.</summary>
    public void Request(StopOrder order)
    {
        if (order.Scope == StopScope.Engine) OfEngine = order;
        else OfAccount = order;
    }

    /// <summary>Takes a measurement.</summary>
    /// <param name="kind">What was measured.</param>
    /// <param name="measure">In the kind's unit.</param>
    /// <param name="timeMs">Milliseconds since the Unix epoch, UTC.</param>
    /// <returns>The stop that it brought about; null when nothing changed.</returns>
    public StopOrder? Observe(IncidentKind kind, decimal measure, long timeMs)
    {
        KillSwitchTrigger? strictest = null;
        foreach (var trigger in triggers)
        {
            if (trigger.Kind == kind && trigger.IsReached(measure) && trigger.Action > (strictest?.Action ?? OfAccount.Action)) strictest = trigger;
        }
        if (strictest is null) return null;
        var reason = $"{strictest.Name}: incident={kind} measure={Number.Text(measure)} threshold={Number.Text(strictest.Threshold)}";
        return OfAccount = new StopOrder(strictest.Action, StopScope.Account, "engine", reason, timeMs);
    }

    /// <summary>Writes the state; triggers are configuration and are not written.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("kill-switch", 1);
        OfAccount.Write(writer);
        OfEngine.Write(writer);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("kill-switch", 1);
        OfAccount = StopOrder.Read(ref reader);
        OfEngine = StopOrder.Read(ref reader);
        if (OfAccount.Scope != StopScope.Account || OfEngine.Scope != StopScope.Engine)
            throw new InvalidDataException("snapshot is damaged: stops are mixed up");
    }
}
