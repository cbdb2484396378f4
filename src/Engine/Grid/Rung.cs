using Granary.Engine.Snapshots;

namespace Granary.Engine.Grid;

/// <summary>What a ladder knows of one rung.</summary>
internal struct Rung
{
    /// <summary>Whether the entry, or the rest of it, is wanted.</summary>
    public bool IsArmed;

    /// <summary>Whether the lot is being closed at market.</summary>
    public bool IsClosing;

    /// <summary>Base units of the whole entry, E8; settled when the rung is armed, so that it does not follow every change of the equity.</summary>
    public long QuantityE8;

    /// <summary>Base units of the entry that were filled in this round trip, E8.</summary>
    public long EnteredE8;

    /// <summary>Base units held, E8.</summary>
    public long HeldE8;

    /// <summary>What the held units cost, quote units, 0 or more.</summary>
    public decimal Cost;

    /// <summary>The level that closes the rung; 0 while nothing is held.</summary>
    public int TakeProfitLevel;

    /// <summary>The real order that carries the entry; 0 for none.</summary>
    public long EntryId;

    /// <summary>The real order that carries the take-profit; 0 for none.</summary>
    public long TakeProfitId;

    /// <summary>The real order that closes at market; 0 for none.</summary>
    public long CloseId;

    /// <summary>Whether an amendment under way takes the entry out of its order.</summary>
    public bool IsEntryLeaving;

    /// <summary>Whether an amendment under way takes the take-profit out of its order.</summary>
    public bool IsTakeProfitLeaving;

    /// <summary>Post-only rejects of its orders since the last one that rested.</summary>
    public int Rejects;

    /// <summary>Whether a real order carries any part of it.</summary>
    public readonly bool IsLinked => (EntryId | TakeProfitId | CloseId) != 0;

    /// <summary>Whether something is held, or may become so without another command.</summary>
    public readonly bool IsEngaged => HeldE8 != 0 || IsLinked;

    /// <summary>Base units of the entry still to be filled, E8.</summary>
    public readonly long EntryLeftE8 => Math.Max(QuantityE8 - EnteredE8, 0);

    /// <summary>Where it is in its round trip.</summary>
    public readonly RungState State => this switch
    {
        { IsClosing: true } => RungState.Closing,
        { HeldE8: 0, EntryId: not 0 } => RungState.EntryResting,
        { HeldE8: 0, IsArmed: true } => RungState.EntryWanted,
        { HeldE8: 0 } => RungState.Idle,
        { IsArmed: true } => RungState.PartlyEntered,
        { TakeProfitId: not 0 } => RungState.TakeProfitResting,
        _ => RungState.Held,
    };

    public readonly long IdOf(GridPurpose purpose) => purpose switch
    {
        GridPurpose.Entry => EntryId,
        GridPurpose.TakeProfit => TakeProfitId,
        _ => CloseId,
    };

    public void Link(GridPurpose purpose, long id)
    {
        if (purpose == GridPurpose.Entry) (EntryId, IsEntryLeaving) = (id, false);
        else if (purpose == GridPurpose.TakeProfit) (TakeProfitId, IsTakeProfitLeaving) = (id, false);
        else CloseId = id;
    }

    public readonly void Write(SnapshotWriter writer)
    {
        writer.Write(IsArmed);
        writer.Write(IsClosing);
        writer.Write(QuantityE8);
        writer.Write(EnteredE8);
        writer.Write(HeldE8);
        writer.Write(Cost);
        writer.Write(TakeProfitLevel);
        writer.Write(EntryId);
        writer.Write(TakeProfitId);
        writer.Write(CloseId);
        writer.Write(IsEntryLeaving);
        writer.Write(IsTakeProfitLeaving);
        writer.Write(Rejects);
    }

    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public static Rung Read(ref SnapshotReader reader)
    {
        var rung = new Rung
        {
            IsArmed = reader.ReadBoolean(),
            IsClosing = reader.ReadBoolean(),
            QuantityE8 = reader.ReadInt64(),
            EnteredE8 = reader.ReadInt64(),
            HeldE8 = reader.ReadInt64(),
            Cost = reader.ReadDecimal(),
            TakeProfitLevel = reader.ReadInt32(),
            EntryId = reader.ReadInt64(),
            TakeProfitId = reader.ReadInt64(),
            CloseId = reader.ReadInt64(),
            IsEntryLeaving = reader.ReadBoolean(),
            IsTakeProfitLeaving = reader.ReadBoolean(),
            Rejects = reader.ReadInt32(),
        };
        if (rung.QuantityE8 < 0 || rung.EnteredE8 < 0 || rung.HeldE8 < 0 || rung.Cost < 0 || rung.Rejects < 0
            || (rung.HeldE8 == 0) != (rung.TakeProfitLevel == 0))
            throw new InvalidDataException("snapshot is damaged: a rung has impossible numbers");
        return rung;
    }
}
