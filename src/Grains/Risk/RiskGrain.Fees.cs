using Granary.Engine.Risk;

namespace Granary.Grains.Risk;

/// <summary>The account's own fees, which its volume decides: asked for once an hour. Until they are told those of its limits hold.</summary>
public sealed partial class RiskGrain
{
    private const long FeesMs = 3_600_000;
    private const long FeesRetryMs = 60_000;

    private readonly SortedDictionary<string, FeeRates> _fees = new(StringComparer.Ordinal);
    private long _feesDueMs;

    private async Task AskFeesAsync(CancellationToken cancellationToken)
    {
        if (NowMs < _feesDueMs || _ports.FindHistory(_account) is not { } history) return;
        _feesDueMs = NowMs + FeesMs;
        try
        {
            foreach (var symbol in _symbols)
            {
                var rate = await history.GetCommissionRateAsync(symbol, cancellationToken);
                _fees[symbol] = new FeeRates(rate.Maker, rate.Taker);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Nobody awaits this.
            _feesDueMs = NowMs + FeesRetryMs;
            LogReconcileFailed(e, _account, "fees");
        }
    }
}
