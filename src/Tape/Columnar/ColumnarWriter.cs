using System.Globalization;

namespace Granary.Tape.Columnar;

/// <summary>
/// Writes a columnar tape, or goes on with one. Rows gather in memory until a block is full; <see cref="Flush"/> writes what has gathered as a block of its
/// own. The same rows with the same flushes make the same bytes.
/// </summary>
/// <typeparam name="TRow">AggTrade, SingleTrade, Kline, FundingRate, BookTicker or MarkPrice.</typeparam>
/// <remarks>Memory is at most a block's rows, and encoders that all writers share. Not safe for use by several threads. One writer a file, held by a file "path.lock"
/// while it is open; a second one fails to open it. Readers do not disturb.</remarks>
public sealed class ColumnarWriter<TRow> : IDisposable
    where TRow : struct
{
    private static BlockEncoder<TRow>? _sharedEncoder;

    private readonly FileStream _file;
    private readonly FileStream _lock;
    private readonly RowCodec<TRow> _codec;
    private readonly int _blockRows;
    private TRow[] _pending = [];
    private readonly uint _fileChecksum;
    private int _count;
    private uint _number;
    private long _end;
    private bool _isTailUnknown;
    private bool _isDisposed;

    private ColumnarWriter(FileStream file, FileStream writerLock, RowCodec<TRow> codec, string symbol, uint fileChecksum, ColumnarWriterOptions options)
    {
        _lock = writerLock;
        _file = file;
        _codec = codec;
        _blockRows = options.BlockRows;
        _fileChecksum = fileChecksum;
        _end = TapeHeader.Bytes;
        Symbol = symbol;
    }

    /// <summary>The symbol.</summary>
    public string Symbol { get; }

    /// <summary>Rows of the file, those that still gather included.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that are in memory only.</summary>
    public int PendingRows => _count;

    /// <summary>Blocks written.</summary>
    public long Blocks => _number;

    /// <summary>Highest id (time, for kinds without ids) so far, those that still gather included; null when there is none.</summary>
    public long? IdMax { get; private set; }

    /// <summary>Bytes of an unfinished block that were cut off when the tape was opened; 0 when it ended well.</summary>
    public long TruncatedBytes { get; private init; }

    /// <summary>Writes a new tape.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="symbol">The symbol; at most 40 bytes of UTF-8.</param>
    /// <param name="options">Null for defaults.</param>
    /// <exception cref="ArgumentException">The symbol or an option is outside its range.</exception>
    /// <exception cref="IOException">The file cannot be written; so also <see cref="UnauthorizedAccessException"/>.</exception>
    public static ColumnarWriter<TRow> Create(string path, string symbol, ColumnarWriterOptions? options = null)
    {
        options ??= new ColumnarWriterOptions();
        options.Validate();
        var codec = RowCodecs.For<TRow>();
        var header = TapeHeader.Write(codec.Kind, codec.Columns.Count, symbol);
        var writerLock = WriterLock.Take(path);
        FileStream? file = null;
        try
        {
            // A new file, so that readers of the old one keep theirs.
            File.Delete(path);
            file = OpenFile(path);
            file.Write(header);
            return new ColumnarWriter<TRow>(file, writerLock, codec, symbol, TapeHeader.Read(path, header).Checksum, options);
        }
        catch
        {
            file?.Dispose();
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Goes on with a tape, or begins one where there is none. A block that was not written to its end is cut off (<see cref="TruncatedBytes"/>); so is a
    /// last block that differs from its checksum, and a file that ends within its own header begins anew.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="symbol">The symbol, which must be that of the file.</param>
    /// <param name="options">Null for defaults.</param>
    /// <exception cref="ArgumentException">The symbol or an option is outside its range.</exception>
    /// <exception cref="TapeException">The file is no columnar tape, of another kind or symbol, or damaged before its end; it is left as it is.</exception>
    /// <exception cref="IOException">The file cannot be written; so also <see cref="UnauthorizedAccessException"/>.</exception>
    public static ColumnarWriter<TRow> Open(string path, string symbol, ColumnarWriterOptions? options = null)
    {
        options ??= new ColumnarWriterOptions();
        options.Validate();
        var codec = RowCodecs.For<TRow>();
        var header = TapeHeader.Write(codec.Kind, codec.Columns.Count, symbol);
        var writerLock = WriterLock.Take(path);
        FileStream? file = null;
        try
        {
            file = OpenFile(path);
            var torn = file.Length;
            if (torn < TapeHeader.Bytes && IsBeginning(file, header))
            {
                file.SetLength(0);
                file.Write(header);
                return new ColumnarWriter<TRow>(file, writerLock, codec, symbol, TapeHeader.Read(path, header).Checksum, options) { TruncatedBytes = torn };
            }
            var index = ReadIndex(path, codec);
            if (index.File.Symbol != symbol)
                throw new TapeException(path, 0, "", TapeDefect.LayoutUnknown, $"the tape is of {index.File.Symbol}, not of {symbol}; check the path");
            file.SetLength(index.End);
            return new ColumnarWriter<TRow>(file, writerLock, codec, symbol, index.File.Checksum, options)
            {
                TruncatedBytes = index.TornBytes,
                Rows = index.Rows,
                IdMax = index.Blocks.Count == 0 ? null : index.Blocks.Max(b => b.Header.IdMax),
                _number = index.Blocks.Count == 0 ? 0 : index.Blocks[^1].Header.Number + 1,
                _end = index.End,
            };
        }
        catch
        {
            file?.Dispose();
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Adds a row; writes a block when one is full before.</summary>
    /// <exception cref="IOException">The full block cannot be written; the row is not taken, and the call may be made again.</exception>
    public void Append(in TRow row)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_count == _blockRows) WriteBlock();
        if (_count == _pending.Length) Array.Resize(ref _pending, Math.Min(_blockRows, Math.Max(16, 2 * _count)));
        _pending[_count++] = row;
        var id = _codec.IdOf(row);
        IdMax = IdMax is { } highest ? Math.Max(highest, id) : id;
        Rows++;
    }

    /// <summary>Adds rows.</summary>
    /// <exception cref="IOException">A full block cannot be written; the rows before it are taken, as <see cref="Rows"/> says.</exception>
    public void Append(ReadOnlySpan<TRow> rows)
    {
        foreach (ref readonly var row in rows) Append(row);
    }

    /// <summary>Writes the rows that have gathered. Each flush makes a block; frequent ones make the file larger until it is compacted.</summary>
    /// <param name="durable">Whether to wait until the disk has it. Without, what was flushed survives the process but not a power cut.</param>
    /// <exception cref="IOException">The rows cannot be written; they are kept, and the call may be made again.</exception>
    public void Flush(bool durable = false)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_count > 0) WriteBlock();
        if (durable) _file.Flush(flushToDisk: true);
    }

    /// <summary>Writes the rows that have gathered and closes the file.</summary>
    /// <exception cref="IOException">The rows cannot be written; the file is closed all the same.</exception>
    public void Dispose()
    {
        if (_isDisposed) return;
        try
        {
            Flush();
        }
        finally
        {
            Abandon();
        }
    }

    /// <summary>Closes the file without the rows that have gathered.</summary>
    public void Abandon()
    {
        _isDisposed = true;
        _file.Dispose();
        _lock.Dispose();
    }

    private void WriteBlock()
    {
        // A recorder holds hundreds of writers, each of which encodes now and then: they share the encoder, which is larger than all else.
        var encoder = Interlocked.Exchange(ref _sharedEncoder, null) ?? new BlockEncoder<TRow>(_codec);
        try
        {
            WriteBlock(encoder.Encode(_pending.AsSpan(0, _count), _number, _fileChecksum));
        }
        finally
        {
            _sharedEncoder = encoder;
        }
    }

    private void WriteBlock(ReadOnlySpan<byte> block)
    {
        // An attempt that failed may have left a part of a block, longer than the one that comes now.
        if (_isTailUnknown) _file.SetLength(_end);
        _isTailUnknown = true;
        _file.Position = _end;
        _file.Write(block);
        _isTailUnknown = false;
        _end += block.Length;
        _number++;
        _count = 0;
    }

    private static FileStream OpenFile(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static bool IsBeginning(FileStream file, byte[] header)
    {
        var found = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(found);
        file.Position = 0;
        return header.AsSpan().StartsWith(found);
    }

    private static BlockIndex ReadIndex(string path, RowCodec<TRow> codec)
    {
        using var map = new MappedFile(path);
        var index = BlockIndex.Read(map, codec);
        var damage = index.Faults.FirstOrDefault(f => f.Offset < index.End);
        if (damage.Fault is not null)
        {
            throw new TapeException(
                path, 0, "", TapeDefect.FileDamaged,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"block {damage.Number} at byte {damage.Offset}: {damage.Fault}; nothing is appended to a damaged tape: move it away and begin another"));
        }
        while (index.Blocks.Count > 0 && !IsWhole(map, index.Blocks[^1])) index.DropLast();
        return index;
    }

    private static bool IsWhole(MappedFile map, (long Offset, BlockHeader Header) block) =>
        Checksum.Of(map.Slice(block.Offset, block.Header.Bytes)[BlockHeader.HeaderBytes..]) == block.Header.BodyChecksum;
}
