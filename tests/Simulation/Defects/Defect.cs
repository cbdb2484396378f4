namespace Granary.Simulation.Defects;

/// <summary>Defects planted on purpose around the engine: at its ports and at its journal. A simulator that does not find them would not find real ones.</summary>
internal enum Defect
{
    /// <summary>The engine as it is.</summary>
    None,

    /// <summary>Some fills never reach the journal.</summary>
    FillLost,

    /// <summary>Some fills are told twice, the second time under another trade id.</summary>
    FillDoubled,

    /// <summary>Fees of some fills are misread.</summary>
    FeeMisread,

    /// <summary>An order whose answer did not come is sent again.</summary>
    SentAgain,

    /// <summary>A timeout is taken for a refusal.</summary>
    TimeoutIsRefusal,

    /// <summary>Some orders are sent larger than they were approved.</summary>
    SentLarger,

    /// <summary>Exits are sent without the reduce-only flag.</summary>
    ExitNotReduceOnly,

    /// <summary>Some orders are sent that nobody approved.</summary>
    Unapproved,

    /// <summary>Orders are sent before they are in the journal.</summary>
    SentBeforeWritten,

    /// <summary>The journal takes records of a writer that has been replaced.</summary>
    Unfenced,

    /// <summary>The end of an order is not recorded, so that what it reserved stays reserved.</summary>
    ReservationKept,

    /// <summary>A restart forgets how far a stop has come and sets it farther off.</summary>
    StopLoosened,

    /// <summary>A restart forgets that the account was halted: it finds neither the stop nor the snapshot that has it too.</summary>
    HaltForgotten,

    /// <summary>The audit of fills sees nothing, so that a lost event stays lost.</summary>
    AuditBlind,

    /// <summary>An order is reported cancelled that is not.</summary>
    CancelClaimed,

    /// <summary>Trades fetched after a gap lack one.</summary>
    RefillIncomplete,
}
