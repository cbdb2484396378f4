using System.Globalization;

namespace Granary.Tape.Columnar;

/// <summary>
/// Reads a columnar tape, memory-mapped, block by block, and from any id or time on. Every block is held against its checksum before a row of it is given
/// out. A file without its end (a recorder was killed, or still writes) is read to its last whole block as it was when it was opened.
/// </summary>
/// <typeparam name="TRow">AggTrade, SingleTrade, Kline, FundingRate, BookTicker or MarkPrice.</typeparam>
/// <remarks>
/// Memory is one block and 80 bytes for each block of the file. Not safe for use by several threads. The file must not be shortened while it is open: the
/// operating system ends a process that touches a mapped page which is gone. Recorders only append, and compaction replaces the file as a whole.
/// </remarks>
public sealed class ColumnarReader<TRow> : IDisposable
    where TRow : struct
{
    private readonly MappedFile _file;
    private readonly RowCodec<TRow> _codec;
    private readonly BlockIndex _index;
    private readonly ColumnDecoder _decoder;
    private readonly ColumnData[] _columns;
    private readonly TapeChecks _checks;
    private readonly Func<int, ColumnData> _decode;
    private TRow[] _rows = [];
    private int _current = -1;
    private int _next;
    private (bool IsTime, long Value)? _sought;

    /// <summary>Opens a tape and reads the headers of its blocks.</summary>
    /// <param name="path">The file.</param>
    /// <param name="checks">With <see cref="TapeChecks.Lenient"/> damaged blocks are left out and counted, otherwise the first ends the reading.</param>
    /// <exception cref="NotSupportedException">There is no tape of such rows.</exception>
    /// <exception cref="TapeException">
    /// The file is missing, unreadable, no columnar tape, or of another kind; with <see cref="TapeChecks.Strict"/> also: a block is missing, or its header is
    /// damaged.
    /// </exception>
    public ColumnarReader(string path, TapeChecks checks = TapeChecks.Strict)
    {
        _codec = RowCodecs.For<TRow>();
        _checks = checks;
        _file = new MappedFile(path);
        try
        {
            _index = BlockIndex.Read(_file, _codec);
            foreach (var fault in _index.Faults) Reject(fault.Number, fault.Offset, "", 0, fault.Fault);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
        _decoder = new ColumnDecoder(_codec.Columns);
        _columns = new ColumnData[_codec.Columns.Count];
        _decode = DecodeColumn;
        Columns = [.. _codec.Columns.Select(c => c.Name)];
        Report.TornBytes = _index.TornBytes;
    }

    /// <summary>What the rows are.</summary>
    public TapeKind Kind => _codec.Kind;

    /// <summary>The symbol.</summary>
    public string Symbol => _index.File.Symbol;

    /// <summary>Whole blocks.</summary>
    public int Blocks => _index.Blocks.Count;

    /// <summary>Rows in the whole blocks.</summary>
    public long Rows => _index.Rows;

    /// <summary>Highest id (time, for kinds without ids) of the whole blocks; null when there is no row.</summary>
    public long? IdMax => Blocks == 0 ? null : _index.Blocks.Max(b => b.Header.IdMax);

    /// <summary>Names of the columns, in the order of the file.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What was met so far.</summary>
    public ColumnarReport Report { get; } = new();

    /// <summary>Reads the next rows: those of one block.</summary>
    /// <param name="rows">One or more rows, valid until the next reading; empty at the end.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="TapeException">With <see cref="TapeChecks.Strict"/>: a block is damaged. The next call goes on behind it.</exception>
    public bool Read(out ReadOnlySpan<TRow> rows)
    {
        while (NextBlock(out var first, out var count))
        {
            if (!TryDecodeAll()) continue;
            if (_rows.Length < first + count) _rows = GC.AllocateUninitializedArray<TRow>(first + count);
            var all = _rows.AsSpan(0, first + count);
            _codec.Join(_columns, all);
            rows = all[first..];
            Report.Rows += count;
            return true;
        }
        rows = [];
        return false;
    }

    /// <summary>Goes to the next block without decoding it; the columns that are asked for are.</summary>
    /// <param name="block">The block's columns, valid until the next reading.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="TapeException">With <see cref="TapeChecks.Strict"/>: a block is damaged. The next call goes on behind it.</exception>
    public bool ReadColumns(out ColumnarBlock block)
    {
        if (!NextBlock(out var first, out var count))
        {
            block = default;
            return false;
        }
        block = new ColumnarBlock(first, count, _decode);
        Report.Rows += count;
        return true;
    }

    /// <summary>The next reading begins with the first row, in the order of the file, whose id is not below <paramref name="id"/>; with none it is at the end.</summary>
    /// <param name="id">The id; for kinds without ids the time in milliseconds since the Unix epoch.</param>
    public void SeekId(long id) => Seek(false, id);

    /// <summary>The next reading begins with the first row, in the order of the file, whose time is not below <paramref name="timeMs"/>.</summary>
    /// <param name="timeMs">Milliseconds since the Unix epoch, UTC.</param>
    public void SeekTime(long timeMs) => Seek(true, timeMs);

    /// <summary>Closes the file; spans that were given out are not touched by it.</summary>
    public void Dispose() => _file.Dispose();

    private void Seek(bool isTime, long value)
    {
        _next = _index.Find(value, isTime);
        _sought = (isTime, value);
    }

    private ReadOnlySpan<byte> CurrentBlock => _file.Slice(_index.Blocks[_current].Offset, _index.Blocks[_current].Header.Bytes);

    private bool NextBlock(out int first, out int count)
    {
        while (_next < _index.Blocks.Count)
        {
            _current = _next++;
            var (offset, header) = _index.Blocks[_current];
            var block = CurrentBlock;
            if (block.Length < header.Bytes) throw new ObjectDisposedException(nameof(ColumnarReader<TRow>));
            if (Checksum.Of(block[BlockHeader.HeaderBytes..]) != header.BodyChecksum)
            {
                Reject(header.Number, offset, "", header.Rows, "it differs from its checksum");
                continue;
            }
            if (_decoder.Begin(block, header.Rows) is var (column, fault))
            {
                Reject(header.Number, offset, column.Name, header.Rows, "the column " + fault);
                continue;
            }
            if (!FindFirst(block, header, offset, out first)) continue;
            count = header.Rows - first;
            return true;
        }
        first = count = 0;
        return false;
    }

    /// <summary>The first row of the block that is sought.</summary>
    /// <returns>False when it is not in this block.</returns>
    private bool FindFirst(ReadOnlySpan<byte> block, in BlockHeader header, long offset, out int first)
    {
        first = 0;
        if (_sought is not var (isTime, value)) return true;
        var column = isTime ? _codec.TimeColumn : _codec.IdColumn;
        if (_decoder.Decode(block, column) is not { } data)
        {
            Reject(header.Number, offset, Columns[column], header.Rows, "the column holds what it must not");
            return false;
        }
        var values = data.Integers.AsSpan(0, header.Rows);
        while (first < values.Length && values[first] < value) first++;
        if (first == values.Length) return false;
        _sought = null;
        return true;
    }

    private bool TryDecodeAll()
    {
        var block = CurrentBlock;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_decoder.Decode(block, i) is { } data)
            {
                _columns[i] = data;
                continue;
            }
            var (offset, header) = _index.Blocks[_current];
            Reject(header.Number, offset, Columns[i], header.Rows, "the column holds what it must not");
            return false;
        }
        return true;
    }

    private ColumnData DecodeColumn(int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)_columns.Length, nameof(column));
        var (offset, header) = _index.Blocks[_current];
        return _decoder.Decode(CurrentBlock, column) ?? throw Damaged(header.Number, offset, Columns[column], "the column holds what it must not");
    }

    private void Reject(uint number, long offset, string column, int rows, string fault)
    {
        var error = Damaged(number, offset, column, fault);
        if (_checks == TapeChecks.Strict) throw error;
        Report.Skip(rows, error.Message);
    }

    private TapeException Damaged(uint number, long offset, string column, string fault) => new(
        _file.Path, 0, column, TapeDefect.FileDamaged,
        string.Create(
            CultureInfo.InvariantCulture,
            $"block {number} at byte {offset}: {fault}; copy the file again from where it came or record it again, or read leniently to leave the block out"));
}
