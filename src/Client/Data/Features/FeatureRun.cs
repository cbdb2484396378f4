using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Client.Data.Features;

/// <summary>
/// Trades of one symbol, from files read one after the other, to bars with features and z-scores, in one pass. Memory does not grow with the files. Bars run
/// on from file to file; trades that a file repeats are passed over by their ids.
/// </summary>
public sealed class FeatureRun
{
    private static readonly TapeOptions Options = new() { Checks = TapeChecks.Lenient, QuotedMax = FindingLog.PlacesMax };

    private readonly SymbolPipeline _pipeline;
    private readonly List<FeatureSource> _sources = [];
    private readonly List<FeatureBar> _bars = [];

    /// <summary>A run before its first trade.</summary>
    /// <param name="options">What turns trades into bars.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public FeatureRun(PipelineOptions options) => _pipeline = new SymbolPipeline(options);

    /// <summary>The pipeline, with its counts.</summary>
    public SymbolPipeline Pipeline => _pipeline;

    /// <summary>The files read.</summary>
    public IReadOnlyList<FeatureSource> Sources => _sources;

    /// <summary>The symbol in the files' names or tapes; empty when none tells it.</summary>
    public string Symbol { get; private set; } = "";

    /// <summary>Time of the first trade, milliseconds since the Unix epoch, UTC; null without trades.</summary>
    public long? FirstMs { get; private set; }

    /// <summary>Time of the last trade, milliseconds since the Unix epoch, UTC; null without trades.</summary>
    public long? LastMs { get; private set; }

    /// <summary>Reads a file to its end without keeping the bars.</summary>
    /// <param name="part">The file.</param>
    /// <param name="layout">The layout, when a csv does not tell it.</param>
    /// <param name="progress">Told the share of the file that was read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TapeException">The file is missing, unreadable, damaged, holds no trades, or those of another symbol or kind than the files before.</exception>
    public void Read(TapePart part, TapeLayout? layout, Action<double> progress, CancellationToken cancellationToken)
    {
        using var source = Open(part, layout);
        while (Step(source, static () => { }, progress, cancellationToken))
        {
        }
        Close(source);
    }

    /// <summary>Reads a file while its bars are enumerated; as <see cref="Read"/>.</summary>
    public IEnumerable<FeatureBar> ReadBars(TapePart part, TapeLayout? layout, Action<double> progress, CancellationToken cancellationToken)
    {
        using var source = Open(part, layout);
        while (Step(source, () => _bars.Add(_pipeline.LastBar!), progress, cancellationToken))
        {
            foreach (var bar in _bars) yield return bar;
            _bars.Clear();
        }
        Close(source);
    }

    private bool Step(AggTradeSource source, Action onBar, Action<double> progress, CancellationToken cancellationToken)
    {
        if (!source.TryReadBlock(out ReadOnlySpan<AggTrade> trades)) return false;
        FirstMs ??= trades[0].TimeMs;
        LastMs = trades[^1].TimeMs;
        _pipeline.Add(trades, onBar);
        progress(source.Progress);
        cancellationToken.ThrowIfCancellationRequested();
        return true;
    }

    private AggTradeSource Open(TapePart part, TapeLayout? layout)
    {
        if (Symbol.Length > 0 && part.Symbol.Length > 0 && part.Symbol != Symbol)
            throw Unlike(part, $"the file is of {part.Symbol}, those before of {Symbol}; give the files of one symbol");
        var source = new AggTradeSource(part, Options with { Layout = part.Kind is null ? layout : null });
        if (_sources.Count > 0 && _sources[0].IsSingle != source.IsSingle)
        {
            source.Dispose();
            throw Unlike(part, "aggregate and single trades do not make one series, their ids differ; give files of one kind");
        }
        if (Symbol.Length == 0) Symbol = part.Symbol;
        return source;
    }

    private void Close(AggTradeSource source) =>
        _sources.Add(new FeatureSource(source.Part, source.IsSingle, source.Rows, source.SkippedRows, source.SkippedBlocks, [.. source.Offences], [.. source.Faults.Take(FindingLog.PlacesMax)]));

    private static TapeException Unlike(TapePart part, string message) => new(part.Name, 0, "", TapeDefect.LayoutUnknown, message);
}
