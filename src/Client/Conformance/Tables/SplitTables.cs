using Granary.Engine.Statistics;

namespace Granary.Client.Conformance.Tables;

/// <summary>Splits into what is learnt from and what is tested on (formulas §10).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class SplitTables(ConformanceSource source) : IConformanceFamily
{
    private const int CountMax = 10_000_000;

    private static readonly CsvColumn<Window>[] WindowColumns =
    [
        new("config", at => at.Config),
        new("start_day", at => at.Start),
        new("end_day", at => at.End),
        new("train_days", at => at.Train),
        new("test_days", at => at.Test),
        new("step_days", at => at.Step),
        .. FoldColumns<Window>(at => at.Number, at => at.Fold),
    ];

    private static readonly CsvColumn<Block>[] BlockColumns =
        [new("n", at => at.Count), new("splits", at => at.Splits), .. FoldColumns<Block>(at => at.Number, at => at.Fold)];

    private static readonly CsvColumn<(int Number, PurgedFold Fold)>[] PurgedColumns =
    [
        new("fold", at => at.Number),
        new("test_start", at => at.Fold.TestFrom),
        new("test_end_exclusive", at => at.Fold.TestTo),
        new("train_count", at => at.Fold.Train.Count),
        new("train_indices", at => string.Join(' ', at.Fold.Train)),
    ];

    /// <inheritdoc/>
    public string Name => "splits";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new("walk_forward", csv => csv.Write(Windows(), WindowColumns)),
        new("time_series_split", csv => csv.Write(Blocks(), BlockColumns)),
        new("purged_kfold", csv => csv.Write(Purged(), PurgedColumns)),
    ];

    private static CsvColumn<T>[] FoldColumns<T>(Func<T, int> number, Func<T, IndexFold> fold) =>
    [
        new("fold", at => number(at)),
        new("train_from", at => fold(at).TrainFrom),
        new("train_to", at => fold(at).TrainTo),
        new("test_from", at => fold(at).TestFrom),
        new("test_to", at => fold(at).TestTo),
    ];

    private IEnumerable<Window> Windows() => source.Params["split"]["wf"].Items.SelectMany((config, i) =>
    {
        var (start, end) = (config[0].Int(-CountMax, CountMax), config[1].Int(-CountMax, CountMax));
        var (train, test, step) = (config[2].Int(1, CountMax), config[3].Int(1, CountMax), config[4].Int(1, CountMax));
        return TimeSplits.WalkForward(start, end, train, test, step).Select((fold, n) => new Window(i, start, end, train, test, step, n, fold));
    });

    private IEnumerable<Block> Blocks()
    {
        var split = source.Params["split"]["ts"];
        var splits = split[1].Int(1, CountMax - 1);
        var count = split[0].Int(splits + 1, CountMax);
        return TimeSplits.Growing(count, splits).Select((fold, n) => new Block(count, splits, n, fold));
    }

    private IEnumerable<(int Number, PurgedFold Fold)> Purged()
    {
        var split = source.Params["split"];
        var spans = Spans();
        if (spans.Count == 0) return [];
        var folds = split["k"].Int(2, Math.Max(spans.Count, 2));
        var embargo = split["embargo"].Int(0, CountMax);
        try
        {
            long[] starts = [.. spans.Select(span => span.Start)], ends = [.. spans.Select(span => span.End)];
            return PurgedFolds.Make(starts, ends, folds, embargo).Select((fold, n) => (n, fold));
        }
        catch (ArgumentException e)
        {
            throw new ConformanceException($"inputs/labels_spans: {e.Message}", e);
        }
    }

    private List<(long Start, long End)> Spans()
    {
        using var table = source.Inputs.Open("labels_spans");
        return [.. table.Rows().Select(row => (row.Long("t0"), row.Long("t1")))];
    }

    private sealed record Window(int Config, int Start, int End, int Train, int Test, int Step, int Number, IndexFold Fold);

    private sealed record Block(int Count, int Splits, int Number, IndexFold Fold);
}
