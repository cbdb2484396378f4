using Granary.Journal;
using Granary.Journal.Records;
using Granary.Simulation.Watch;

namespace Granary.Simulation.Defects;

/// <summary>What is wrong with the journal on purpose.</summary>
internal sealed class JournalDefects(Defect defect)
{
    private int _fills;

    /// <summary>Whether a writer that was replaced is refused.</summary>
    public bool Fences => defect != Defect.Unfenced;

    /// <summary>What a restart is told.</summary>
    public IJournalReader Wrap(IJournalReader reader, Snare snare) => new ForgetfulReader(reader, defect, snare);

    /// <summary>Whether the writer is answered although the records only wait to be written.</summary>
    public bool PutsOff(IReadOnlyList<JournalRecord> records) => defect == Defect.SentBeforeWritten && records.Any(r => r is OrderRecord { Status: "PendingNew" });

    /// <summary>What of the records is written.</summary>
    public IReadOnlyList<JournalRecord> Kept(IReadOnlyList<JournalRecord> records) => defect switch
    {
        Defect.FillLost => [.. records.Where(r => r is not FillRecord || ++_fills % 3 != 0)],
        Defect.ReservationKept => [.. records.Where(r => r is not OrderRecord { Purpose: "Entry", Status: "Filled" or "Rejected" or "Expired" or "Canceled" })],
        _ => records,
    };
}
