using Granary.Engine.Margin;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Grains.Execution;
using Granary.Journal;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Risk;

/// <summary>
/// What of the gate outlives the process. Orders and fills are in the journal before anybody hears of them, so streak, pause, realised day loss, Kelly windows and
/// reservations follow from them again. What follows from prices (peak of equity, start of the day, stops) is in the snapshot: at every stop and flow at once,
/// otherwise with the audit that first sees it change, and once a minute of market time.
/// </summary>
public sealed partial class RiskGrain
{
    private const int RecordsRead = 1_000;

    /// <summary>Time between two snapshots of the returns, which are large and can be gathered again: 10 minutes.</summary>
    private const long ReturnsSaveMs = 600_000;

    private readonly SortedDictionary<string, LeverageBrackets> _ladders = new(StringComparer.Ordinal);
    private long _returnsSavedMs;
    private SavedState? _saved;

    private string ReturnsOwner => $"{Owner}/returns";

    /// <summary>Snapshot, then everything that the journal holds beyond it.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var reader = _journal.Reader;
        if (await reader.GetSnapshotAsync(Owner, cancellationToken) is { } snapshot) Restore(snapshot.Bytes);
        foreach (var record in (await reader.GetOrdersAsync(_account, null, RecordsRead, cancellationToken)).Reverse())
        {
            if (JournalOrders.ToOrder(record) is not { } order) continue;
            var status = JournalOrders.ToStatus(record);
            // Executed 0: the order's fills are read from the journal below and count there.
            if (!_inFlight.ContainsKey(record.ClientOrderId)) _gate.RestoreOrder(order, status, 0, record.VenueOrderId);
            if (status.IsLive() && !_gate.IsCovered(record.Symbol, record.ClientOrderId)) _inFlight[record.ClientOrderId] = new InFlight(record.Symbol, 0, NowMs);
        }

        // An approval is recorded before its order is: an id that was given once is never given again, also when its order got lost on the way.
        foreach (var decision in await reader.GetDecisionsAsync(_account, null, RecordsRead, cancellationToken))
        {
            if (decision.Outcome == Approved && ClientOrderId.TryParse(decision.Detail, out var id)) _gate.RestoreSequence(id.Sequence + 1);
        }

        _gate.RestoreSequence(await reader.GetOrderSequenceMaxAsync(_account, cancellationToken) + 1);
        await ReadFillsAsync();
        foreach (var id in _inFlight.Keys.ToArray()) await SettleAsync(id);
        EndStandings();
        await LoadStopAsync(cancellationToken);
        await LoadReturnsAsync(cancellationToken);
        _stopRecorded ??= _gate.AccountStop;
        ApplyLadders();
    }

    private async Task LoadReturnsAsync(CancellationToken cancellationToken)
    {
        if (await _journal.Reader.GetSnapshotAsync(ReturnsOwner, cancellationToken) is not { } snapshot) return;
        try
        {
            _returns.Load(snapshot.Bytes);
        }
        catch (InvalidDataException e)
        {
            LogReturnsRefused(_account, e.Message);
            _returns = NewReturns();
        }
    }

    /// <summary>The venue's leverage ladders where they are known, else the configured ones; they may come at any time.</summary>
    private void ApplyLadders()
    {
        foreach (var symbol in _symbols)
        {
            var ladder = _catalog.FindBrackets(symbol) ?? _settings.LeverageBrackets.FirstOrDefault(l => l.Symbol == symbol);
            if (ladder is null || ReferenceEquals(ladder, _ladders.GetValueOrDefault(symbol))) continue;
            _ladders[symbol] = ladder;
            _gate.SetBrackets(ladder);
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var state = CurrentState();
        if (state != _saved)
        {
            await _journal.AppendAsync([MakeSnapshot()], _epoch, cancellationToken);
            _saved = state;
        }

        if (NowMs - _returnsSavedMs < ReturnsSaveMs) return;
        if (_returnsSavedMs != 0) await _journal.AppendAsync([new SnapshotRecord(ReturnsOwner, _returns.Save(), NowMs)], _epoch, cancellationToken);
        _returnsSavedMs = NowMs;
    }

    private SavedState CurrentState()
    {
        var view = _gate.View();
        return new SavedState(
            _fillPosition, _inFlight.Count, _approvals, _funds.OtherFlows, _funds.IsOpen, _gate.State, _gate.Stop, _gate.AccountStop, _flattened, _marketTimeMs / 60_000,
            view.EntriesHaltedUntilMs, view.IsTotalLossHalted, view.IsDrawdownStopped, view.SizeMultiplier);
    }

    private SnapshotRecord MakeSnapshot()
    {
        var writer = new SnapshotWriter();
        writer.Section("risk", 2);
        _gate.Write(writer);
        _funds.Write(writer);
        writer.Write(_fillPosition);
        writer.Write(_fillCounts.Count);
        foreach (var (symbol, count) in _fillCounts)
        {
            writer.Write(symbol);
            writer.Write(count);
        }

        writer.Write(_inFlight.Count);
        foreach (var (id, inFlight) in _inFlight)
        {
            writer.Write(id);
            writer.Write(inFlight.Symbol);
        }

        writer.Write((int)_flattened.Scope);
        writer.Write(_flattened.TimeMs);
        return new SnapshotRecord(Owner, writer.ToArray(), NowMs);
    }

    private void Restore(byte[] bytes)
    {
        var reader = new SnapshotReader(bytes);
        var layout = reader.Section("risk", 2);
        _gate.Read(ref reader);
        _funds.Read(ref reader);
        _fillPosition = reader.ReadInt64();
        for (var i = reader.ReadInt32(); i > 0; i--) _fillCounts[reader.ReadString()] = reader.ReadInt64();
        for (var i = reader.ReadInt32(); i > 0; i--) _inFlight[reader.ReadString()] = new InFlight(reader.ReadString(), 0, NowMs);

        // The snapshot may be of a moment at which an order was reserved for and its decision not in the journal yet: nobody else would ever release it.
        foreach (var (id, symbol) in _gate.Reserved()) _inFlight.TryAdd(id, new InFlight(symbol, 0, NowMs));
        if (layout >= 2) _flattened = ((StopScope)reader.ReadInt32(), reader.ReadInt64());
        _stopRecorded = _gate.AccountStop;
        _gate.SetState(TradingState.Recovering, "starting");
    }

    private sealed record SavedState(
        long FillPosition, int InFlight, long Approvals, decimal Flows, bool IsOpen, TradingState State, StopOrder Stop, StopOrder AccountStop,
        (StopScope Scope, long TimeMs) Flattened, long Minute, long? HaltedUntilMs, bool IsTotalLossHalted, bool IsDrawdownStopped, decimal SizeMultiplier);

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account}: the returns' snapshot was not used, they are gathered anew: {Error}")]
    private partial void LogReturnsRefused(string account, string error);
}
