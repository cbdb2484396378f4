namespace Granary.Tape.Columnar;

/// <summary>The blocks of a file, found by going from header to header. 80 bytes of memory a block.</summary>
internal sealed class BlockIndex
{
    private const int ScanBytes = 1 << 20;

    private readonly List<(long Offset, BlockHeader Header)> _blocks = [];
    private readonly List<long> _idMax = [];
    private readonly List<long> _timeMax = [];

    private BlockIndex(TapeHeader header) => File = header;

    /// <summary>The file's header.</summary>
    public TapeHeader File { get; }

    /// <summary>Whole blocks in the order of the file.</summary>
    public IReadOnlyList<(long Offset, BlockHeader Header)> Blocks => _blocks;

    /// <summary>Rows in them.</summary>
    public long Rows { get; private set; }

    /// <summary>Where the last whole block ends.</summary>
    public long End { get; private set; } = TapeHeader.Bytes;

    /// <summary>Bytes behind <see cref="End"/>: a block that was not written to its end.</summary>
    public long TornBytes { get; private set; }

    /// <summary>Places that hold no block although blocks follow, or that hold something else than the beginning of a block.</summary>
    public List<(long Offset, long Bytes, uint Number, string Fault)> Faults { get; } = [];

    /// <summary>Reads the headers.</summary>
    /// <exception cref="TapeException">The file's own header is wrong, or is that of another kind.</exception>
    public static BlockIndex Read<TRow>(MappedFile file, RowCodec<TRow> codec)
        where TRow : struct
    {
        var header = TapeHeader.Read(file.Path, file.Slice(0, TapeHeader.Bytes));
        if (header.Kind != codec.Kind)
            throw new TapeException(file.Path, 0, "", TapeDefect.LayoutUnknown, $"the tape holds {header.Kind}, not {codec.Kind}; check the path");
        if (header.Columns != codec.Columns.Count)
        {
            throw new TapeException(
                file.Path, 0, "", TapeDefect.LayoutUnknown, $"the tape has {header.Columns} columns, {codec.Kind} have {codec.Columns.Count}; convert it again");
        }
        var index = new BlockIndex(header);
        index.Walk(file);
        return index;
    }

    /// <summary>The first block that can hold a row whose id (or time) is not below the value; the number of blocks when there is none.</summary>
    public int Find(long value, bool isTime)
    {
        // The highest value so far never falls, whatever the order of the rows is: the first block at which it reaches the value has the first such row.
        var highest = isTime ? _timeMax : _idMax;
        int low = 0, high = highest.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (highest[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Takes the last block away: it is torn although its header is whole.</summary>
    public void DropLast()
    {
        var (offset, header) = _blocks[^1];
        _blocks.RemoveAt(_blocks.Count - 1);
        Rows -= header.Rows;
        TornBytes += End - offset;
        End = offset;
    }

    private void Walk(MappedFile file)
    {
        var next = 0u;
        var at = (long)TapeHeader.Bytes;
        while (at < file.Length)
        {
            if (!BlockHeader.TryRead(file.Slice(at, BlockHeader.HeaderBytes), File.Checksum, File.Columns, out var header))
            {
                var resumed = FindHeader(file, at + 1);
                if (resumed < 0)
                {
                    TornBytes = file.Length - End;
                    if (file.Length - at >= BlockHeader.HeaderBytes && !IsZero(file, at)) Faults.Add((at, file.Length - at, next, "the header is damaged"));
                    return;
                }
                Faults.Add((at, resumed - at, next, "the header is damaged or bytes were put in"));
                at = resumed;
                continue;
            }
            if (at + header.Bytes > file.Length)
            {
                TornBytes = file.Length - End;
                return;
            }
            if (header.Number < next) Faults.Add((at, header.Bytes, header.Number, "it stands here a second time or out of order"));
            else
            {
                if (header.Number > next && (Faults.Count == 0 || Faults[^1].Number != next))
                    Faults.Add((at, 0, next, $"it is missing, block {header.Number} follows"));
                Add(at, header);
                next = header.Number + 1;
            }
            at += header.Bytes;
            End = at;
        }
    }

    private void Add(long offset, in BlockHeader header)
    {
        _blocks.Add((offset, header));
        _idMax.Add(Math.Max(header.IdMax, _idMax.Count > 0 ? _idMax[^1] : long.MinValue));
        _timeMax.Add(Math.Max(header.TimeMax, _timeMax.Count > 0 ? _timeMax[^1] : long.MinValue));
        Rows += header.Rows;
    }

    private long FindHeader(MappedFile file, long from)
    {
        while (from < file.Length)
        {
            var part = file.Slice(from, ScanBytes);
            var found = part.IndexOf(BlockHeader.Magic);
            if (found < 0)
            {
                if (part.Length < ScanBytes) return -1;
                // The magic may lie across the border.
                from += part.Length - (BlockHeader.Magic.Length - 1);
                continue;
            }
            from += found;
            if (BlockHeader.TryRead(file.Slice(from, BlockHeader.HeaderBytes), File.Checksum, File.Columns, out _)) return from;
            from++;
        }
        return -1;
    }

    /// <summary>A power cut can leave a file longer than what was written to it; the rest is zero.</summary>
    private static bool IsZero(MappedFile file, long from)
    {
        for (; from < file.Length; from += ScanBytes)
        {
            if (file.Slice(from, ScanBytes).ContainsAnyExcept((byte)0)) return false;
        }
        return true;
    }
}
