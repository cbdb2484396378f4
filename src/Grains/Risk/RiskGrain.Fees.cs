using Granary.Engine.Risk;

namespace Granary.Grains.Risk;

/// <summary>
/// The account's own fees, which its volume decides: asked for once an hour, a symbol at a time and half a minute apart, as each question weighs 20. Until they
/// are told those of its limits hold.
/// </summary>
public sealed partial class RiskGrain
{
    private const long FeesMs = 3_600_000;
    private const long FeesPaceMs = 30_000;

    private readonly SortedDictionary<string, FeeRates> _fees = new(StringComparer.Ordinal);
    private readonly Queue<string> _feesDue = new();
    private long _feesRoundMs = long.MinValue / 2;
    private long _feesAskedMs = long.MinValue / 2;

    private async Task AskFeesAsync(CancellationToken cancellationToken)
    {
        var nowMs = NowMs;
        if (nowMs - _feesAskedMs < FeesPaceMs || _ports.FindHistory(_account) is not { } history) return;
        if (_feesDue.Count == 0)
        {
            if (nowMs - _feesRoundMs < FeesMs) return;
            _feesRoundMs = nowMs;
            foreach (var listed in _symbols) _feesDue.Enqueue(listed);
        }

        if (!_feesDue.TryDequeue(out var symbol)) return;
        _feesAskedMs = nowMs;
        try
        {
            var rate = await history.GetCommissionRateAsync(symbol, cancellationToken);
            _fees[symbol] = new FeeRates(rate.Maker, rate.Taker);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Nobody awaits this.
            _feesDue.Enqueue(symbol);
            LogReconcileFailed(e, _account, "fees");
        }
    }
}
