using Granary.Exchange.Conditional;
using Granary.Exchange.Markets;

namespace Granary.Exchange.Accounts;

/// <summary>
/// What follows every operation, within it: funding that has become due is charged, positions are held against their margin at the newest marks, and
/// reduce-only orders without anything to reduce end.
/// </summary>
internal sealed class Settlement(Ledger ledger, ConditionalBook conditionals, IMarketHost host, PendingEvents events)
{
    private readonly Liquidator _liquidator = new(ledger, conditionals, host, events);

    public void Run()
    {
        var timeMs = host.MarketTimeMs;
        var isMarkNew = false;
        foreach (var symbol in ledger.Symbols)
        {
            isMarkNew |= symbol.IsMarkNew;
            foreach (var funding in symbol.FundingsDue) Charge(symbol, funding);
            symbol.FundingsDue.Clear();
        }
        ledger.PruneReduceOnly(timeMs);
        if (!isMarkNew && !ledger.HasChanges) return;
        while (_liquidator.Run(timeMs)) ledger.PruneReduceOnly(timeMs);
        foreach (var symbol in ledger.Symbols)
        {
            // A mark that changed accounts must not be met again after a restart: its symbol's cursor goes into the same record.
            if (symbol.IsMarkNew && ledger.HasChanges) symbol.IsDirty = true;
            symbol.IsMarkNew = false;
        }
    }

    private void Charge(ListedSymbol symbol, Contracts.FundingRecord funding)
    {
        foreach (var account in ledger.Accounts)
            foreach (var leg in account.Symbols[symbol.Index].Legs)
                if (!leg.IsFlat) ledger.ChargeFunding(leg, funding);
        ledger.AddFunding(symbol, funding);
    }
}
