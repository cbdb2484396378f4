using Granary.Journal;
using Granary.Journal.Records;

namespace Granary.Silo.Tests.Operator;

/// <summary>A journal in memory with what the operator API reads of it.</summary>
public sealed class MemoryJournal : IJournal
{
    public List<JournalRecord> Records { get; } = [];

    public bool IsBroken { get; set; }

    public int FillReads { get; private set; }

    public IJournalReader Reader => ScriptedProxy.Create<IJournalReader>((method, args) => method.Name switch
    {
        nameof(IJournalReader.GetOrdersAsync) => Answer<OrderRecord>(args[0], args[1], (int)args[2]!, o => (o.Account, o.Symbol), newestFirst: true),
        nameof(IJournalReader.GetLiveOrdersAsync) => LiveOrders(args),
        nameof(IJournalReader.GetFillsAsync) => Fills((string)args[0]!, (string?)args[1], (long)args[2]!, (int)args[3]!),
        nameof(IJournalReader.GetDecisionsAsync) => Answer<DecisionRecord>(args[0], args[1], (int)args[2]!, d => (d.Account, d.Symbol), newestFirst: true),
        nameof(IJournalReader.GetOrderCostsAsync) => Answer<OrderCostRecord>(args[0], args[1], (int)args[2]!, c => (c.Account, c.Symbol), newestFirst: true),
        nameof(IJournalReader.GetIncidentsAsync) => Answer<IncidentRecord>(null, null, (int)args[0]!, _ => ("", ""), newestFirst: true),
        nameof(IJournalReader.GetEquityAsync) => Answer<EquityRecord>(args[0], null, (int)args[1]!, e => (e.Account, ""), newestFirst: true),
        _ => null,
    });

    public ValueTask<JournalEpoch> AcquireEpochAsync(string owner, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask AppendAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default)
    {
        if (IsBroken) throw new JournalException("the disk is full");
        Records.AddRange(records);
        return ValueTask.CompletedTask;
    }

    public ValueTask EnqueueAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default) =>
        AppendAsync(records, epoch, cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask<IReadOnlyList<FillRecord>> Fills(string account, string? symbol, long after, int limit)
    {
        FillReads++;
        return new([.. Records.OfType<FillRecord>()
            .Where(f => f.Account == account && (symbol is null || f.Symbol == symbol) && f.Position > after)
            .OrderBy(f => f.Position)
            .Take(limit)]);
    }

    private ValueTask<IReadOnlyList<OrderRecord>> LiveOrders(object?[] args) => new([.. Records.OfType<OrderRecord>()
        .Where(o => o.Account == (string)args[0]! && (args[1] is null || o.Symbol == (string)args[1]!) && o.Status == "New")]);

    private ValueTask<IReadOnlyList<T>> Answer<T>(object? account, object? symbol, int limit, Func<T, (string Account, string Symbol)> key, bool newestFirst)
    {
        var rows = Records.OfType<T>().Where(r => (account is null || key(r).Account == (string)account) && (symbol is null || key(r).Symbol == (string)symbol));
        return new([.. (newestFirst ? rows.Reverse() : rows).Take(limit)]);
    }
}
