using Granary.Engine.Features;
using Granary.Engine.Snapshots;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Strategies;
using Granary.Journal;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Strategies;

/// <summary>
/// A shell around the kernel of one signal for one symbol. Its state is a function of the bars it was given. The symbol writes it to the journal together with
/// its own state; after a restart of either of them this goes on from there and is given the bars since.
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="TDecision">What it decides of a bar.</typeparam>
public abstract partial class StrategyGrain<TKernel, TDecision> : Grain
    where TKernel : class
    where TDecision : class
{
    // An answer that got lost on its way is asked for again with the next bar; more than a few are never missing.
    private const int RememberedDecisions = 64;

    private readonly EngineSettings _settings;
    private readonly IJournal _journal;
    private readonly ILogger _logger;
    private readonly (long BarIndex, TDecision? Decision)[] _remembered = new (long, TDecision?)[RememberedDecisions];
    private SymbolSettings _symbol = null!;
    private TKernel? _kernel;
    private long _epoch;
    private long _series;

    private protected StrategyGrain(EngineSettings settings, IJournal journal, ILogger logger)
    {
        _settings = settings;
        _journal = journal;
        _logger = logger;
    }

    /// <summary>The strategy's name.</summary>
    private protected abstract string Name { get; }

    /// <summary>The symbol; here the grain's key.</summary>
    private protected virtual string Symbol => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _symbol = _settings.Symbols.FirstOrDefault(s => s.Symbol == Symbol)
            ?? throw new KeyNotFoundException($"symbol {Symbol} is not configured; add it to Engine:Symbols");
        return base.OnActivateAsync(cancellationToken);
    }

    /// <summary>Keeps the grain active.</summary>
    public ValueTask Ping() => ValueTask.CompletedTask;

    /// <summary>The state for the journal.</summary>
    public async ValueTask<StrategySnapshot> GetSnapshot(BarSeries series)
    {
        await FollowAsync(series);
        if (_kernel is null) return new StrategySnapshot(0, []);
        var writer = new SnapshotWriter();
        writer.Section("strategy", 1);
        writer.Write(_series);
        Write(_kernel, writer);
        return new StrategySnapshot(NextBarIndex(_kernel), writer.ToArray());
    }

    private protected abstract TKernel Create(SymbolSettings settings);

    /// <exception cref="InvalidDataException">The snapshot was taken with other windows or is damaged.</exception>
    private protected abstract TKernel Read(ref SnapshotReader reader, SymbolSettings settings);

    private protected abstract void Write(TKernel kernel, SnapshotWriter writer);

    private protected abstract long NextBarIndex(TKernel kernel);

    /// <summary>Takes a batch over.</summary>
    /// <param name="batch">The bars.</param>
    /// <param name="evaluate">Gives the kernel the bar at a place of the batch.</param>
    private protected async ValueTask<StrategyAnswer<TDecision>> TakeAsync(BarBatch batch, Func<TKernel, int, TDecision> evaluate)
    {
        await FollowAsync(batch.Series);
        if (batch.Restart) Forget();
        var needed = _kernel is null ? 0 : NextBarIndex(_kernel);
        if (batch.Bars[0].Bar.Index > needed && !batch.Restart) return new StrategyAnswer<TDecision>(needed, false, []);

        var decisions = new TDecision?[batch.Bars.Length];
        for (var i = 0; i < decisions.Length; i++)
        {
            var index = batch.Bars[i].Bar.Index;
            ref var place = ref _remembered[index % RememberedDecisions];
            if (_kernel is not null && index < NextBarIndex(_kernel))
            {
                decisions[i] = place.BarIndex == index ? place.Decision : null;
                continue;
            }

            // A bar that is refused leaves no kernel behind that has seen nothing.
            var kernel = _kernel ?? Create(_symbol);
            decisions[i] = evaluate(kernel, i);
            _kernel = kernel;
            place = (index, decisions[i]);
        }

        return new StrategyAnswer<TDecision>(NextBarIndex(_kernel!), true, decisions);
    }

    /// <summary>Goes to where the symbol's activation stands: in the journal when that is another activation, afresh when its bars are others.</summary>
    private async ValueTask FollowAsync(BarSeries series)
    {
        if (series.Epoch != _epoch)
        {
            Forget();
            _series = series.Number;
            if (await _journal.Reader.GetSnapshotAsync(StrategyNames.OwnerOf(Name, Symbol)) is { Bytes.Length: > 0 } snapshot) Restore(snapshot.Bytes);
            _epoch = series.Epoch;
        }

        if (series.Number == _series) return;
        Forget();
        _series = series.Number;
    }

    private void Forget()
    {
        _kernel = null;
        Array.Clear(_remembered);
    }

    private void Restore(byte[] bytes)
    {
        try
        {
            var reader = new SnapshotReader(bytes);
            reader.Section("strategy", 1);
            var series = reader.ReadInt64();
            _kernel = Read(ref reader, _symbol);
            _series = series;
        }
        catch (InvalidDataException e)
        {
            LogSnapshotRefused(_logger, Symbol, Name, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: the snapshot of {Strategy} was not used, it warms up again: {Error}")]
    private static partial void LogSnapshotRefused(ILogger logger, string symbol, string strategy, string error);
}
