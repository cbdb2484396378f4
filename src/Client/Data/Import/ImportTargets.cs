using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Client.Data.Import;

/// <summary>
/// The tapes that an import writes, by symbol and kind. Each keeps its last day open, so that the next file goes on with it; those longest not used are
/// finished when there are too many.
/// </summary>
/// <param name="folder">Folder of the tapes.</param>
/// <param name="replaces">Whether tapes are replaced instead of merged with.</param>
internal sealed class ImportTargets(string folder, bool replaces) : IDisposable
{
    /// <summary>Each has three files open.</summary>
    private const int OpenMax = 256;

    private readonly Dictionary<(string Symbol, string Kind), Target> _targets = [];
    private readonly LinkedList<Target> _recent = new();

    /// <summary>Tapes that were changed.</summary>
    public IEnumerable<DayChange> Changes => _targets.OrderBy(t => t.Key.Symbol, StringComparer.Ordinal).ThenBy(t => t.Key.Kind, StringComparer.Ordinal).SelectMany(t => t.Value.Changes());

    /// <summary>Takes rows of one symbol.</summary>
    /// <exception cref="TapeException">The symbol cannot name a folder, or a tape is damaged.</exception>
    /// <exception cref="IOException">A tape cannot be written. So also <see cref="UnauthorizedAccessException"/>.</exception>
    public void Add<TRow>(string symbol, DailyKind<TRow> kind, ReadOnlySpan<TRow> rows, ImportedPart part)
        where TRow : struct
    {
        if (!_targets.TryGetValue((symbol, kind.Name), out var target))
        {
            if (!DailyTapes.IsSymbol(symbol))
            {
                throw new TapeException(
                    part.Part.Name, 0, "symbol", TapeDefect.FieldInvalid,
                    symbol.Length == 0 ? "neither the file's name nor a column tells the symbol; give it with --symbol" : $"'{symbol}' is no symbol; give it with --symbol");
            }
            var import = new DailyImport<TRow>(Path.Combine(folder, symbol), symbol, kind, replaces);
            target = new Target(import, import.Commit, import.Abandon, () => import.Changes);
            _targets.Add((symbol, kind.Name), target);
        }
        if (part.Symbols.Count < FindingLog.PlacesMax && !part.Symbols.Contains(symbol)) part.Symbols.Add(symbol);
        Touch(target);
        target.Parts.Add(part);
        ((DailyImport<TRow>)target.Import).Add(rows, part.Tally);
    }

    /// <summary>Finishes the days that are under way; what cannot be written is told with the file that it comes from.</summary>
    public void Commit()
    {
        while (_recent.Last is { } oldest) Finish(oldest.Value);
    }

    /// <summary>Gives up the days that rows of the file have gone into.</summary>
    public void Abandon(ImportedPart part)
    {
        foreach (var target in _recent.Where(t => t.Parts.Contains(part)).ToList())
        {
            target.Abandon();
            Forget(target);
        }
    }

    /// <summary>Gives up every day that is under way.</summary>
    public void Dispose()
    {
        foreach (var target in _recent) target.Abandon();
        _recent.Clear();
    }

    private void Touch(Target target)
    {
        if (_recent.First?.Value == target) return;
        if (target.Node is not null) _recent.Remove(target.Node);
        else if (_recent.Count == OpenMax) Finish(_recent.Last!.Value);
        target.Node = _recent.AddFirst(target);
    }

    private void Finish(Target target)
    {
        try
        {
            target.Commit();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or TapeException)
        {
            target.Abandon();
            foreach (var part in target.Parts) part.Error ??= error.Message;
        }
        Forget(target);
    }

    private void Forget(Target target)
    {
        _recent.Remove(target.Node!);
        target.Node = null;
        target.Parts.Clear();
    }

    private sealed record Target(object Import, Action Commit, Action Abandon, Func<IReadOnlyList<DayChange>> Changes)
    {
        /// <summary>Files whose rows may be in the day under way.</summary>
        public HashSet<ImportedPart> Parts { get; } = new(ReferenceEqualityComparer.Instance);

        public LinkedListNode<Target>? Node { get; set; }
    }
}
