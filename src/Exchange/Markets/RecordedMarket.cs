namespace Granary.Exchange.Markets;

/// <summary>
/// Recorded symbols, one file each, merged by time; our orders are matched against them (<see cref="QueueModel"/>) and never change them.
/// <para>After a restart a file is read silently up to the symbol's cursor, which brings quotes and history back, and goes on from there: trades printed
/// after the cursor was last recorded are printed again, with the same ids. A fault of a file stops its symbol only; orders in a symbol that stopped or
/// finished still meet its last quotes, so that a position can be closed.</para>
/// </summary>
public abstract class RecordedMarket : IMarket, IDisposable
{
    /// <summary>Events after which a symbol's cursor is recorded even though no account was affected.</summary>
    public const int CursorEventsMax = 256;

    private readonly List<IRecordedSymbol> _symbols = [];
    private readonly List<string> _errors = [];
    private bool _isStarted;

    private protected RecordedMarket()
    {
    }

    /// <inheritdoc/>
    public abstract string Kind { get; }

    /// <inheritdoc/>
    public bool IsFinished => _isStarted && _symbols.TrueForAll(s => s.NextTimeMs is null);

    /// <inheritdoc/>
    public string? Error
    {
        get
        {
            var errors = _errors.Concat(_symbols.Select(s => s.Error).OfType<string>()).ToArray();
            return errors.Length == 0 ? null : string.Join("; ", errors);
        }
    }

    /// <inheritdoc/>
    public void Open(IMarketHost host)
    {
        _isStarted = host.Options.StartsAtOnce;
        foreach (var symbol in host.Symbols) _symbols.Add(OpenSymbol(host, symbol, host.Options.TapeFiles.GetValueOrDefault(symbol.Name)));
        foreach (var (name, file) in host.Options.TapeFiles.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            if (!host.Symbols.Any(s => s.Name == name))
                _errors.Add($"{name}: {file} was not read, the symbol is not listed; list it with its rules or take the file away");
        }
        // The clock begins at the first event that is still to come, or stands at the last trade.
        if (Next() is { } next) host.AdvanceTo(next.NextTimeMs!.Value);
        foreach (var symbol in host.Symbols) host.AdvanceTo(symbol.State.LastTimeMs);
    }

    /// <inheritdoc/>
    public void Start() => _isStarted = true;

    /// <inheritdoc/>
    public long? NextTimeMs() => _isStarted ? Next()?.NextTimeMs : null;

    /// <inheritdoc/>
    public void Step()
    {
        if (_isStarted) Next()?.Step();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var symbol in _symbols) symbol.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a symbol's record and sets its venue.</summary>
    /// <param name="host">The exchange.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="file">Its file, or null: the symbol is listed and silent.</param>
    private protected abstract IRecordedSymbol OpenSymbol(IMarketHost host, ListedSymbol symbol, string? file);

    private IRecordedSymbol? Next()
    {
        IRecordedSymbol? next = null;
        foreach (var symbol in _symbols)
            if (symbol.NextTimeMs is { } time && (next is null || time < next.NextTimeMs)) next = symbol;
        return next;
    }
}
