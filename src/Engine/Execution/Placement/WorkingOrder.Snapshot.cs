using Granary.Engine.Risk;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Execution.Placement;

/// <content>The state as bytes. Prices of the market are not part of it: they come anew.</content>
public sealed partial class WorkingOrder
{
    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("working", 1);
        Parent.Write(writer);
        writer.Write((int)Policy.Style);
        writer.Write(Policy.DistanceTicks);
        writer.Write(Policy.RepriceTicks);
        writer.Write(Policy.RepriceMs);
        writer.Write(Policy.BoundShare);
        writer.Write(Policy.TimeoutMs);
        writer.Write((int)Policy.AtTimeout);
        writer.Write(Policy.RejectsMax);
        writer.Write(DecisionPrice);
        writer.Write(StartedMs);
        writer.Write((int)Stage);
        writer.Write(Reason);
        writer.Write(Rejects);
        writer.Write(FilledQuantity);
        writer.Write(FilledNotional);
        writer.Write(_pricedMs);
        writer.Write(_resumeMs);
        writer.Write(_unsentChild);
        writer.Write(_crossAttempts);
    }

    /// <summary>Reads back what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public static WorkingOrder Read(ref SnapshotReader reader)
    {
        reader.Section("working", 1);
        var parent = ParentOrder.Read(ref reader);
        var policy = new PlacementPolicy
        {
            Style = (PlacementStyle)reader.ReadInt32(),
            DistanceTicks = reader.ReadInt32(),
            RepriceTicks = reader.ReadInt32(),
            RepriceMs = reader.ReadInt32(),
            BoundShare = reader.ReadDecimal(),
            TimeoutMs = reader.ReadInt32(),
            AtTimeout = (PlacementTimeout)reader.ReadInt32(),
            RejectsMax = reader.ReadInt32(),
        };
        var (decisionPrice, startedMs) = (reader.ReadDecimal(), reader.ReadInt64());
        WorkingOrder order;
        try
        {
            order = new WorkingOrder(parent, policy, decisionPrice, startedMs);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"snapshot is damaged: {e.Message}");
        }
        order.Stage = (WorkingStage)reader.ReadInt32();
        if (!Enum.IsDefined(order.Stage)) throw new InvalidDataException($"snapshot is damaged: order {parent.Id} is in stage {order.Stage}");
        order.Reason = reader.ReadString();
        order.Rejects = reader.ReadInt32();
        order.FilledQuantity = reader.ReadDecimal();
        order.FilledNotional = reader.ReadDecimal();
        order._pricedMs = reader.ReadInt64();
        order._resumeMs = reader.ReadInt64();
        order._unsentChild = reader.ReadInt32();
        order._crossAttempts = reader.ReadInt32();
        return order;
    }
}
