using Granary.Journal;
using Granary.Journal.Records;
using Granary.Simulation.Defects;

namespace Granary.Simulation.Watch;

/// <summary>
/// The journal of one simulated process over the file: queued records lie in memory until something is appended behind them, as they would in front of a disk
/// (a kill loses them); a slow disk answers late, in order; every record is noted the moment it is durable.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="evidence">Told of each durable record.</param>
/// <param name="time">The process's clock.</param>
/// <param name="delay">How long the next append takes.</param>
/// <param name="defects">What is wrong with it on purpose.</param>
/// <param name="snare">Holds what is to hang.</param>
internal sealed class SimulatedJournal(IJournal file, Evidence evidence, TimeProvider time, Func<TimeSpan> delay, JournalDefects defects, Snare snare) : IJournal
{
    private const int QueuedMax = 256;

    private readonly List<(IReadOnlyList<JournalRecord> Records, JournalEpoch? Epoch)> _queued = [];
    private readonly JournalDefects _defects = defects;
    private DateTimeOffset _lastAnswer;

    public IJournalReader Reader { get; } = defects.Wrap(file.Reader, snare);

    public async ValueTask<JournalEpoch> AcquireEpochAsync(string owner, CancellationToken cancellationToken = default)
    {
        await WriteQueuedAsync();
        var epoch = await file.AcquireEpochAsync(owner, cancellationToken);
        await AnswerAsync(cancellationToken);
        return epoch;
    }

    public async ValueTask AppendAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default)
    {
        if (epoch is not null && snare.Catch($"append {epoch.Owner}") is { } held) await held;
        await WriteQueuedAsync();
        if (_defects.PutsOff(records)) _queued.Add(([.. records], epoch));
        else await WriteAsync(records, epoch);
        await AnswerAsync(cancellationToken);
    }

    public async ValueTask EnqueueAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default)
    {
        _queued.Add(([.. records], epoch));
        if (_queued.Count >= QueuedMax) await WriteQueuedAsync();
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        await WriteQueuedAsync();
        await file.FlushAsync(cancellationToken);
        await AnswerAsync(cancellationToken);
    }

    /// <summary>Whoever opened the file closes it.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask WriteQueuedAsync()
    {
        if (_queued.Count == 0) return;
        var queued = _queued.ToArray();
        _queued.Clear();
        foreach (var (records, epoch) in queued)
        {
            try
            {
                await WriteAsync(records, epoch);
            }
            catch (StaleEpochException)
            {
                // As in the real one: what is queued without waiting fails in silence; the next append of the same writer tells.
            }
        }
    }

    private async ValueTask WriteAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch)
    {
        var kept = _defects.Kept(records);
        if (kept.Count > 0) await file.AppendAsync(kept, _defects.Fences ? epoch : null);
        foreach (var record in kept) evidence.Committed(record);
    }

    private async ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var at = now + delay();
        if (at < _lastAnswer) at = _lastAnswer;
        if (at == now) return;
        _lastAnswer = at;
        await Task.Delay(at - now, time, cancellationToken);
    }
}
