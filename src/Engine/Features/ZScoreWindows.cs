using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Features;

/// <summary>
/// The z-scores of every feature over every window, a few additions a bar whatever the window's length. Time is cut into blocks of n bars. At a block's first
/// bar the sums over the bars before it are laid down for each start a window may have; from then on a window is one of those plus the sum
/// since the block began. So a score is made of the bars in its window and of nothing else: what an outlier did to a sum leaves with the outlier, and a
/// restored state has the same bits as the one that ran through.
/// <para>
/// Sums are of value - shift, where the shift is the block's first value. That value is in every window the block scores, so equal values give exactly 0
/// and cancellation costs no more than a factor of n. "No value" is NaN and needs no bookkeeping: a window has a score when nothing in it is NaN.
/// </para>
/// </summary>
internal sealed class ZScoreWindows
{
    /// <summary>Doubles in a row: the features by number, filled up to whole vectors.</summary>
    public const int RowLength = 16;

    private static readonly int Lanes = Vector256<double>.Count;

    private readonly double[] _rows;
    private readonly Window[] _windows;
    private long _count;
    private int _next;

    public ZScoreWindows(IReadOnlyList<int> windows)
    {
        _windows = [.. windows.Select(length => new Window(length))];
        _rows = new double[RowLength * (windows.Count == 0 ? 1 : windows[^1])];
        Array.Fill(_rows, double.NaN);
        Scores = new double[RowLength * windows.Count];
    }

    /// <summary>The scores of the row pushed last: for each window a row; NaN for "no value".</summary>
    public double[] Scores { get; }

    /// <summary>Appends the bar's values and computes <see cref="Scores"/>.</summary>
    /// <param name="row">The features by number, <see cref="RowLength"/> of them; NaN for "no value".</param>
    public void Push(ReadOnlySpan<double> row)
    {
        row[..RowLength].CopyTo(_rows.AsSpan(_next));
        for (var i = 0; i < _windows.Length; i++) _windows[i].Push(_rows, _next, Scores.AsSpan(i * RowLength, RowLength));
        _next = _next + RowLength == _rows.Length ? 0 : _next + RowLength;
        _count++;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(ZScoreWindows), 1);
        writer.Write(_rows.Length / RowLength);
        writer.Write(_count);
        var held = (int)Math.Min(_count * RowLength, _rows.Length);
        foreach (var value in _rows.AsSpan(_next, held < _rows.Length ? 0 : held - _next)) writer.Write(value);
        foreach (var value in _rows.AsSpan(0, _next)) writer.Write(value);
    }

    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(ZScoreWindows), 1);
        var longest = reader.ReadInt32();
        if (longest != _rows.Length / RowLength)
            throw new InvalidDataException($"snapshot holds z-score windows of up to {longest} bars, expected {_rows.Length / RowLength}");
        var count = reader.ReadInt64();
        if (count < 0) throw new InvalidDataException($"snapshot of z-score windows is damaged: it claims {count} bars");

        // The place in the blocks depends on how many bars there were, the sums only on the rows still held.
        var held = (int)Math.Min(count, longest);
        _count = count - held;
        foreach (var window in _windows) window.SkipTo(_count);
        Span<double> row = stackalloc double[RowLength];
        for (var i = 0; i < held; i++)
        {
            foreach (ref var value in row) value = reader.ReadDouble();
            Push(row);
        }
    }

    /// <summary>One window: its block's shift, the sums since the block began, and those of the bars before it from every start.</summary>
    private sealed class Window
    {
        private readonly int _length;
        private readonly double _perItem;
        private readonly double _perItemButOne;
        private readonly double[] _shift = new double[RowLength];
        private readonly double[] _sums = new double[2 * RowLength];
        private readonly double[] _before;
        private int _place;

        public Window(int length)
        {
            _length = length;
            _perItem = 1.0 / length;
            _perItemButOne = 1.0 / (length - 1);

            // A last entry of zeros stands for "nothing before the block".
            _before = new double[2 * RowLength * length];
        }

        public void SkipTo(long count) => _place = (int)(count % _length);

        public void Push(double[] rows, int newest, Span<double> scores)
        {
            if (_place == 0) BeginBlock(rows, newest);
            ref var row = ref MemoryMarshal.GetArrayDataReference(rows);
            ref var shifts = ref MemoryMarshal.GetArrayDataReference(_shift);
            ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
            ref var before = ref MemoryMarshal.GetArrayDataReference(_before);
            ref var target = ref MemoryMarshal.GetReference(scores);
            var start = 2 * RowLength * _place;
            Vector256<double> perItem = Vector256.Create(_perItem), perItemButOne = Vector256.Create(_perItemButOne);
            for (var i = 0; i < RowLength; i += Lanes)
            {
                var shifted = Vector256.LoadUnsafe(ref row, (nuint)(newest + i)) - Vector256.LoadUnsafe(ref shifts, (nuint)i);
                var sum = Vector256.LoadUnsafe(ref sums, (nuint)i) + shifted;
                var squares = Vector256.LoadUnsafe(ref sums, (nuint)(RowLength + i)) + (shifted * shifted);
                sum.StoreUnsafe(ref sums, (nuint)i);
                squares.StoreUnsafe(ref sums, (nuint)(RowLength + i));
                sum += Vector256.LoadUnsafe(ref before, (nuint)(start + i));
                squares += Vector256.LoadUnsafe(ref before, (nuint)(start + RowLength + i));
                var mean = sum * perItem;
                var deviations = squares - (sum * mean);
                var score = (shifted - mean) / Vector256.Sqrt(deviations * perItemButOne);
                score = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(deviations, default), default, score);

                // One NaN for all: which bits an operation gives it depends on the processor.
                score = Vector256.ConditionalSelect(Vector256.Equals(score, score), score, Vector256.Create(double.NaN));
                score.StoreUnsafe(ref target, (nuint)i);
            }
            _place = _place + 1 == _length ? 0 : _place + 1;
        }

        /// <summary>Takes the newest row as shift and lays down the sums of the rows before it, back to each of the places a window may begin at.</summary>
        private void BeginBlock(double[] rows, int newest)
        {
            rows.AsSpan(newest, RowLength).CopyTo(_shift);
            Array.Clear(_sums);
            ref var row = ref MemoryMarshal.GetArrayDataReference(rows);
            ref var before = ref MemoryMarshal.GetArrayDataReference(_before);
            for (var i = 0; i < RowLength; i += Lanes)
            {
                var shift = Vector256.LoadUnsafe(ref row, (nuint)(newest + i));
                Vector256<double> sum = default, squares = default;
                var from = newest;
                for (var entry = _length - 2; entry >= 0; entry--)
                {
                    from = from == 0 ? rows.Length - RowLength : from - RowLength;
                    var shifted = Vector256.LoadUnsafe(ref row, (nuint)(from + i)) - shift;
                    sum += shifted;
                    squares += shifted * shifted;
                    sum.StoreUnsafe(ref before, (nuint)((2 * RowLength * entry) + i));
                    squares.StoreUnsafe(ref before, (nuint)((2 * RowLength * entry) + RowLength + i));
                }
            }
        }
    }
}
