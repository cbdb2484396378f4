using Granary.Engine.Positions;
using Granary.Grains.Interfaces.Execution;

namespace Granary.Grains.Risk;

/// <summary>
/// The venue tells positions beside orders. A position that it told and that the books do not come to have by the next audits was changed by something that no
/// order event told: books and venue are compared then, not at the next periodic round.
/// </summary>
public sealed partial class RiskGrain
{
    /// <summary>How long the order's event may come after the position's.</summary>
    private const long PositionLateMs = 2_000;

    private readonly SortedDictionary<string, (decimal Quantity, long SinceMs)> _toldPositions = new(StringComparer.Ordinal);

    private void TakePositions(IReadOnlyList<PositionReport> positions)
    {
        foreach (var position in positions.Where(p => _symbols.Contains(p.Symbol))) _toldPositions[position.Symbol] = (position.Quantity, NowMs);
    }

    /// <summary>Asks for a comparison where a told position has not come about; once for each.</summary>
    private void SuspectPositions()
    {
        foreach (var (symbol, told) in _toldPositions.ToArray())
        {
            var isOld = NowMs - told.SinceMs >= PositionLateMs;
            if (!_books.TryGetValue(symbol, out var books)) continue;
            if (books.Quantity == told.Quantity || isOld) _toldPositions.Remove(symbol);
            if (books.Quantity != told.Quantity && isOld)
                _ = SuspectAsync(symbol, FormattableString.Invariant($"the venue told a position of {told.Quantity}, the books have {books.Quantity}"));
        }
    }

    private async Task SuspectAsync(string symbol, string reason)
    {
        try
        {
            await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").Reconcile(reason);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The periodic round comes to it.
            LogReconcileFailed(e, _account, symbol);
        }
    }
}
