using Granary.Engine.Market;
using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Journal;

namespace Granary.Silo.Dashboard.Bars;

/// <summary>
/// The newest volume bars of every symbol, kept from what the market gateway delivers. Started before the engine, so that it begins where the grains do.
/// </summary>
/// <remarks>Bound: <see cref="BarsMax"/> bars a symbol, about 300 bytes each. A series that fails keeps what it has and takes nothing more.</remarks>
public sealed partial class BarTwins : IMarketObserver, IHostedService
{
    /// <summary>Bars kept of each symbol.</summary>
    public const int BarsMax = 1_000;

    private readonly IJournal _journal;
    private readonly ILogger<BarTwins> _logger;
    private readonly BarTwin[] _twins;
    private readonly bool[] _failed;

    /// <summary>Series of every configured symbol, before their first trade.</summary>
    public BarTwins(EngineSettings settings, IJournal journal, ILogger<BarTwins> logger)
    {
        _journal = journal;
        _logger = logger;
        _twins = [.. settings.Symbols.Select(s => new BarTwin(s.Symbol, s.Pipeline, BarsMax))];
        _failed = new bool[_twins.Length];
    }

    /// <summary>The series of a configured symbol.</summary>
    /// <exception cref="InvalidOperationException">The symbol is not configured.</exception>
    public BarTwin Of(string symbol) => _twins.First(t => t.Symbol == symbol);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var twin in _twins)
        {
            if (await _journal.Reader.GetSnapshotAsync($"symbol/{twin.Symbol}", cancellationToken) is { } snapshot) twin.Restore(snapshot.Bytes);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void OnTrades(int symbolIndex, AggTrade[] trades)
    {
        if (_failed[symbolIndex]) return;
        try
        {
            _twins[symbolIndex].Add(trades);
        }
        catch (Exception e)
        {
            // The chart is lost, not the market: whatever it is must not reach the gateway.
            _failed[symbolIndex] = true;
            LogFailed(e, _twins[symbolIndex].Symbol);
        }
    }

    /// <inheritdoc/>
    public void OnBookTicker(int symbolIndex, in BookTicker ticker)
    {
    }

    /// <inheritdoc/>
    public void OnMarkPrice(int symbolIndex, in MarkPrice mark)
    {
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Symbol}: the dashboard's bars stop here; trading is not touched")]
    private partial void LogFailed(Exception exception, string symbol);
}
