using System.Buffers.Binary;
using System.Globalization;
using Granary.Engine.Market;
using Microsoft.Win32.SafeHandles;

namespace Granary.Exchange.State;

/// <summary>
/// History in files: segments of a fixed number of 48-byte records, named by the id of their first trade, ids consecutive. A record ends with a CRC-32C,
/// so that a cut or damaged tail is noticed and dropped on opening. A trade that does not follow the newest one begins the history anew: only an unbroken run
/// can be served by id.
/// </summary>
internal sealed class FileTradeHistory : ITradeHistory
{
    private const int RecordBytes = 48;

    private readonly string _folder;
    private readonly string _symbol;
    private readonly int _segmentTrades;
    private readonly int _segmentsMax;
    private readonly List<Segment> _segments = [];
    private byte[] _buffer = new byte[64 * RecordBytes];

    /// <summary>Opens the history of a symbol.</summary>
    public FileTradeHistory(string folder, string symbol, int segmentTrades, int segmentsMax)
    {
        _folder = folder;
        _symbol = symbol;
        _segmentTrades = segmentTrades;
        _segmentsMax = segmentsMax;
        Directory.CreateDirectory(folder);
        try
        {
            Load();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public AggTrade? Last { get; private set; }

    public void Append(ReadOnlySpan<AggTrade> trades)
    {
        while (trades.Length > 0)
        {
            if (Last is { } last && trades[0].Id != last.Id + 1) DropAll();
            if (_segments.Count == 0 || _segments[^1].Count >= _segmentTrades) Begin(trades[0].Id);
            var segment = _segments[^1];
            var count = Math.Min(trades.Length, _segmentTrades - segment.Count);
            if (_buffer.Length < count * RecordBytes) _buffer = new byte[count * RecordBytes];
            for (var i = 0; i < count; i++) Encode(in trades[i], _buffer.AsSpan(i * RecordBytes, RecordBytes));
            RandomAccess.Write(segment.Handle, _buffer.AsSpan(0, count * RecordBytes), (long)segment.Count * RecordBytes);
            segment.Count += count;
            Last = trades[count - 1];
            trades = trades[count..];
        }
    }

    /// <summary>Drops the trades with ids above this one.</summary>
    public void TrimAfter(long id)
    {
        while (_segments.Count > 0 && _segments[^1].FirstId > id)
        {
            _segments[^1].Handle.Dispose();
            File.Delete(_segments[^1].Path);
            _segments.RemoveAt(_segments.Count - 1);
        }
        if (_segments.Count == 0)
        {
            Last = null;
            return;
        }
        var segment = _segments[^1];
        segment.Count = (int)Math.Min(segment.Count, id - segment.FirstId + 1);
        RandomAccess.SetLength(segment.Handle, (long)segment.Count * RecordBytes);
        var record = new byte[RecordBytes];
        ReadWhole(segment, record, (segment.Count - 1L) * RecordBytes);
        if (!TryDecode(record, out var trade)) throw new StateException($"{segment.Path}: record {segment.Count - 1} is damaged; move the file away");
        Last = trade;
    }

    public IReadOnlyList<AggTrade> Read(long fromId, int limit)
    {
        if (Last is not { } last || limit <= 0) return [];
        var from = Math.Max(_segments[0].FirstId, fromId < 0 ? last.Id - limit + 1 : fromId);
        if (from > last.Id) return [];
        var result = new AggTrade[(int)Math.Min(limit, last.Id - from + 1)];
        var done = 0;
        foreach (var segment in _segments)
        {
            if (done == result.Length) break;
            var offset = from + done - segment.FirstId;
            if (offset >= segment.Count) continue;
            var count = (int)Math.Min(result.Length - done, segment.Count - offset);
            var bytes = new byte[count * RecordBytes];
            ReadWhole(segment, bytes, offset * RecordBytes);
            for (var i = 0; i < count; i++)
            {
                if (!TryDecode(bytes.AsSpan(i * RecordBytes, RecordBytes), out result[done + i]))
                    throw new StateException($"{segment.Path}: record {offset + i} is damaged; move the file away");
            }
            done += count;
        }
        return result;
    }

    public void Dispose()
    {
        foreach (var segment in _segments) segment.Handle.Dispose();
    }

    private static void Encode(in AggTrade trade, Span<byte> record)
    {
        BinaryPrimitives.WriteInt64LittleEndian(record, trade.Id);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], trade.TimeMs);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], trade.PriceE8);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], trade.QuantityE8);
        BinaryPrimitives.WriteInt64LittleEndian(record[32..], trade.FirstTradeId);
        // The sign bit carries the side: a count is never negative.
        BinaryPrimitives.WriteInt32LittleEndian(record[40..], trade.IsBuyerMaker ? ~trade.TradeCount : trade.TradeCount);
        BinaryPrimitives.WriteUInt32LittleEndian(record[44..], Checksum.Of(record[..44]));
    }

    private static bool TryDecode(ReadOnlySpan<byte> record, out AggTrade trade)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(record[40..]);
        trade = new AggTrade(
            BinaryPrimitives.ReadInt64LittleEndian(record), BinaryPrimitives.ReadInt64LittleEndian(record[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[16..]), BinaryPrimitives.ReadInt64LittleEndian(record[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[32..]), count < 0 ? ~count : count, count < 0);
        return BinaryPrimitives.ReadUInt32LittleEndian(record[44..]) == Checksum.Of(record[..44]);
    }

    private static void ReadWhole(Segment segment, Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(segment.Handle, bytes, offset);
            if (read == 0) throw new StateException($"{segment.Path}: the file was cut while in use");
            bytes = bytes[read..];
            offset += read;
        }
    }

    private void Load()
    {
        var files = Directory.GetFiles(_folder, _symbol + "-*.trades");
        Array.Sort(files, StringComparer.Ordinal);
        foreach (var file in files)
        {
            var text = Path.GetFileNameWithoutExtension(file).AsSpan(_symbol.Length + 1);
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var firstId)) continue;
            var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            var segment = new Segment(file, handle, firstId, (int)(RandomAccess.GetLength(handle) / RecordBytes));
            _segments.Add(segment);
        }
        while (_segments.Count > 0 && !TrimTail(_segments[^1]))
        {
            _segments[^1].Handle.Dispose();
            File.Delete(_segments[^1].Path);
            _segments.RemoveAt(_segments.Count - 1);
        }
        // Only an unbroken run up to the newest trade can be served by id.
        for (var i = _segments.Count - 2; i >= 0; i--)
        {
            if (_segments[i].FirstId + _segments[i].Count == _segments[i + 1].FirstId) continue;
            for (var j = 0; j <= i; j++) _segments[j].Handle.Dispose();
            _segments.RemoveRange(0, i + 1);
            break;
        }
    }

    /// <summary>Cuts the segment after its last whole record; false when none is left.</summary>
    private bool TrimTail(Segment segment)
    {
        var record = new byte[RecordBytes];
        for (; segment.Count > 0; segment.Count--)
        {
            ReadWhole(segment, record, (segment.Count - 1L) * RecordBytes);
            if (!TryDecode(record, out var trade) || trade.Id != segment.FirstId + segment.Count - 1) continue;
            Last = trade;
            RandomAccess.SetLength(segment.Handle, (long)segment.Count * RecordBytes);
            return true;
        }
        return false;
    }

    private void DropAll()
    {
        foreach (var segment in _segments)
        {
            segment.Handle.Dispose();
            File.Delete(segment.Path);
        }
        _segments.Clear();
        Last = null;
    }

    private void Begin(long firstId)
    {
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_symbol}-{firstId:D19}.trades"));
        _segments.Add(new Segment(path, File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read), firstId, 0));
        if (_segments.Count <= _segmentsMax) return;
        _segments[0].Handle.Dispose();
        File.Delete(_segments[0].Path);
        _segments.RemoveAt(0);
    }

    private sealed class Segment(string path, SafeFileHandle handle, long firstId, int count)
    {
        public string Path => path;

        public SafeFileHandle Handle => handle;

        public long FirstId => firstId;

        public int Count { get; set; } = count;
    }
}
