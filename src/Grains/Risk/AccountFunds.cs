using Granary.Engine.Snapshots;
using Granary.Grains.Interfaces.Execution;

namespace Granary.Grains.Risk;

/// <summary>
/// The wallet by the engine's own books: what the venue had when the books were opened, plus realised PnL minus fees of every fill since, plus other flows
/// (funding, transfers) that the user stream named or reconciliation found. Compared with the venue's wallet to the last decimal.
/// </summary>
internal sealed class AccountFunds
{
    /// <summary>Whether the opening balance is known.</summary>
    public bool IsOpen { get; private set; }

    public decimal Initial { get; private set; }

    public decimal OtherFlows { get; private set; }

    /// <summary>Of the other flows, what the venue named funding.</summary>
    public decimal Funding { get; private set; }

    /// <summary>Of the other flows, what the venue named deposits, withdrawals and transfers.</summary>
    public decimal Transfers { get; private set; }

    public decimal RealizedPnl { get; private set; }

    public decimal Fees { get; private set; }

    /// <summary>The venue's wallet as last heard.</summary>
    public decimal Venue { get; set; }

    public decimal Wallet => Initial + RealizedPnl - Fees + OtherFlows;

    public void Take(IEnumerable<ExecutionView> books)
    {
        (RealizedPnl, Fees) = (0, 0);
        foreach (var view in books)
        {
            RealizedPnl += view.RealizedPnl;
            Fees += view.Fees;
        }
    }

    /// <summary>Opens the books with the venue's present wallet; fills booked before belong to the time since.</summary>
    public void Open(decimal venueWallet)
    {
        Venue = venueWallet;
        Initial = venueWallet - RealizedPnl + Fees;
        IsOpen = true;
    }

    /// <summary>Books what the venue's wallet changed by without a fill.</summary>
    public void AddFlow(decimal amount) => OtherFlows += amount;

    /// <summary>Books a flow that the venue named; one that was booked nameless before only gets its name.</summary>
    public void Name(decimal amount, bool isFunding, bool isBooked)
    {
        if (!isBooked) OtherFlows += amount;
        if (isFunding) Funding += amount;
        else Transfers += amount;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section("funds", 2);
        writer.Write(IsOpen);
        writer.Write(Initial);
        writer.Write(OtherFlows);
        writer.Write(Funding);
        writer.Write(Transfers);
    }

    public void Read(ref SnapshotReader reader)
    {
        var layout = reader.Section("funds", 2);
        IsOpen = reader.ReadBoolean();
        Initial = reader.ReadDecimal();
        OtherFlows = reader.ReadDecimal();
        if (layout < 2) return;
        Funding = reader.ReadDecimal();
        Transfers = reader.ReadDecimal();
    }
}
