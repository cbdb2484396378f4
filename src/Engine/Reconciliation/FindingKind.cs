namespace Granary.Engine.Reconciliation;

/// <summary>What a reconciliation can find. The names are those of the incidents that they lead to.</summary>
public enum FindingKind
{
    /// <summary>An open order that the engine did not place.</summary>
    ForeignOrder,

    /// <summary>An order of ours stood otherwise in the books.</summary>
    OrderDiffers,

    /// <summary>An order that counted as over is open at the venue.</summary>
    OrderRevived,

    /// <summary>An order of ours that the venue does not have.</summary>
    OrderGone,

    /// <summary>Fills that no event told.</summary>
    FillsMissed,

    /// <summary>A waiting trigger order that the engine did not place.</summary>
    ForeignTrigger,

    /// <summary>A stop of ours that was in no book.</summary>
    StopFound,

    /// <summary>A stop of ours stood otherwise in the books.</summary>
    StopDiffers,

    /// <summary>A stop of ours that the venue does not have.</summary>
    StopMissing,

    /// <summary>A position that fills do not explain.</summary>
    PositionDiffers,
}
