using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Engine.Market;
using Granary.Engine.Selection;
using Granary.Journal.Candles;
using Granary.Venues.Ports;

namespace Granary.Grains.Selection;

/// <summary>
/// The live selection: brings every traded symbol's candles up to the end of an interval, keeps them in the store and the factors in memory, and selects.
/// What the store holds is not asked for again, so a load that was broken off goes on where it ended. Symbols are followed from run to run: what is newly
/// listed is loaded, what is not traded any more is let go. One run at a time.
/// </summary>
/// <param name="market">The venue.</param>
/// <param name="store">Where candles and runs are kept.</param>
/// <param name="settings">What is selected and how long is waited.</param>
/// <param name="time">The clock.</param>
public sealed class SelectionSession(IMarketDataPort market, ICandleStore store, SelectionSettings settings, TimeProvider time)
{
    // 1,000 candles cost half of what 1,500 in one request do.
    private const int PageMax = 1_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly SortedDictionary<string, SymbolFactors> _factors = new(StringComparer.Ordinal);
    private readonly Selector _selector = new(settings.Selection);
    private readonly long _intervalMs = store.Interval.DurationMs;

    /// <summary>End of the newest interval that has passed, milliseconds since the Unix epoch, UTC.</summary>
    public long LastCloseMs => NowMs / _intervalMs * _intervalMs;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// Loads the past of symbols that are new, without a deadline. A symbol that cannot be loaded is asked for again by the run, which names it when that
    /// fails.
    /// </summary>
    /// <param name="onLoaded">Told how many of how many symbols are done; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait; what was loaded stays in the store.</param>
    /// <exception cref="VenueException">The venue does not tell its symbols.</exception>
    public async Task PrepareAsync(Action<int, int>? onLoaded, CancellationToken cancellationToken)
    {
        settings.Validate();
        var symbols = Traded(await market.GetSymbolRulesAsync(cancellationToken)).Keys.ToList();
        var closeMs = LastCloseMs;
        var done = 0;
        await foreach (var fetch in Task.WhenEach(FetchAll(symbols, closeMs, cancellationToken)))
        {
            await fetch;
            onLoaded?.Invoke(++done, symbols.Count);
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Gathers the candles up to the end of an interval as they become ready, selects when all are or the deadline has passed, and records the run.
    /// </summary>
    /// <param name="closeMs">End of an interval, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is recorded then.</param>
    /// <exception cref="ArgumentException">The moment is no end of an interval.</exception>
    /// <exception cref="VenueException">The venue does not tell its symbols.</exception>
    /// <exception cref="Granary.Journal.JournalException">The store cannot be read or written.</exception>
    public async Task<SelectionRecord> RunAsync(long closeMs, CancellationToken cancellationToken)
    {
        settings.Validate();
        if (closeMs % _intervalMs != 0) throw new ArgumentException($"{closeMs} is no end of an interval of {store.Interval.Code}", nameof(closeMs));
        using var deadline = new CancellationTokenSource(settings.Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var rules = Traded(await market.GetSymbolRulesAsync(cancellationToken));
        var gone = _factors.Keys.Where(symbol => !rules.ContainsKey(symbol)).ToList();
        foreach (var symbol in gone) _factors.Remove(symbol);
        foreach (var symbol in rules.Keys.Where(symbol => !_factors.ContainsKey(symbol)))
            _factors[symbol] = new SymbolFactors(symbol, settings.Selection.Factors, settings.Selection.Filters);

        var failed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await GatherAsync([.. rules.Keys], closeMs, failed, both.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return Select(closeMs, rules, failed, gone);
    }

    /// <summary>A record as it is stored.</summary>
    public static string ToJson(SelectionRecord record) => JsonSerializer.Serialize(record, Json);

    /// <summary>A stored record.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static SelectionRecord FromJson(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<SelectionRecord>(body, Json) ?? throw new InvalidDataException("the stored selection is empty");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"the stored selection is damaged at {error.Path}", error);
        }
    }

    private SelectionRecord Select(
        long closeMs, SortedDictionary<string, SymbolRules> rules, SortedDictionary<string, string> failed, IReadOnlyList<string> gone)
    {
        SelectionRow[] rows = [.. _factors.Values.Select(factors => factors.ToRow())];
        var selection = _selector.Select(closeMs - _intervalMs, rows);
        var targets = PositionSizer.Assign(selection, settings.Selection, symbol => rules[symbol].StepSize);
        var record = new SelectionRecord(
            closeMs, NowMs, selection, targets, [.. targets.Where(target => target.Value < rules[target.Symbol].NotionalMin).Select(target => target.Symbol)],
            failed, gone, rows);
        store.AppendRun(closeMs, ToJson(record));
        return record;
    }

    /// <summary>
    /// Asks for all symbols' candles in rounds until everyone has the one that ends at the moment, or the deadline passes. Whoever answers has its factors
    /// computed at once, while others are still awaited; whoever has nothing yet holds up nobody.
    /// </summary>
    private async Task GatherAsync(List<string> pending, long closeMs, SortedDictionary<string, string> failed, CancellationToken cancellationToken)
    {
        while (pending.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            var late = new List<string>();
            await foreach (var fetch in Task.WhenEach(FetchAll(pending, closeMs, cancellationToken)))
            {
                var (symbol, error) = await fetch;
                if (error is null) failed.Remove(symbol);
                else failed[symbol] = error;
                if (!Advance(symbol, closeMs)) late.Add(symbol);
            }
            pending = late;
            if (pending.Count > 0) await PauseAsync(cancellationToken);
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(settings.Pause, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The deadline has passed; the caller looks at it.
        }
    }

    /// <summary>Brings the store up to a moment for all symbols, some at a time; each answers with its name and what went wrong, null for nothing.</summary>
    private Task<(string Symbol, string? Error)>[] FetchAll(IReadOnlyList<string> symbols, long closeMs, CancellationToken cancellationToken)
    {
        var gate = new SemaphoreSlim(settings.RequestsMax);
        return [.. symbols.Select(async symbol =>
        {
            try
            {
                await gate.WaitAsync(cancellationToken);
                try
                {
                    await FetchAsync(symbol, closeMs, cancellationToken);
                    return (symbol, (string?)null);
                }
                finally
                {
                    gate.Release();
                }
            }
            catch (VenueException error)
            {
                return (symbol, error.Message);
            }
            catch (OperationCanceledException)
            {
                return (symbol, "no answer before the deadline");
            }
        })];
    }

    /// <summary>Takes what the store holds up to the moment into a symbol's factors.</summary>
    /// <returns>Whether the candle that ends at the moment is among it.</returns>
    private bool Advance(string symbol, long closeMs)
    {
        var factors = _factors[symbol];
        var missing = factors.CandleCount == 0 ? settings.HistoryCount
            : (int)Math.Clamp((closeMs - factors.LastCandleMs) / _intervalMs, 0, settings.HistoryCount);
        foreach (var candle in store.Read(symbol, missing))
        {
            if (candle.CloseTimeMs < closeMs) factors.AddFilled(candle, _intervalMs);
        }
        return factors.CandleCount > 0 && factors.LastCandleMs >= closeMs - _intervalMs;
    }

    /// <summary>Fetches what the store lacks up to a moment, page by page, each kept before the next is asked for.</summary>
    private async Task FetchAsync(string symbol, long closeMs, CancellationToken cancellationToken)
    {
        var from = closeMs - (settings.HistoryCount * _intervalMs);
        if (store.LastOpenMs(symbol) is { } last) from = Math.Max(from, last + _intervalMs);
        while (from < closeMs)
        {
            var count = (int)Math.Min((closeMs - from) / _intervalMs, PageMax);
            var page = await market.GetKlinesAsync(symbol, store.Interval, from, closeMs - 1, count, cancellationToken);
            Kline[] closed = [.. page.Where(candle => candle.OpenTimeMs >= from && candle.CloseTimeMs < closeMs)];
            if (closed.Length == 0) return;
            store.Append(symbol, closed);
            from = closed[^1].OpenTimeMs + _intervalMs;
        }
    }

    private SortedDictionary<string, SymbolRules> Traded(IReadOnlyList<SymbolRules> rules) => new(
        rules.Where(symbol => symbol.IsTrading && symbol.Symbol.EndsWith(settings.Quote, StringComparison.Ordinal)).ToDictionary(symbol => symbol.Symbol),
        StringComparer.Ordinal);
}
