using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Granary.Exchange.State;

/// <summary>
/// The exchange's durable state in a folder: a snapshot and the log of what happened since.
/// <list type="bullet">
/// <item>A record is length (4 bytes), CRC-32C (4 bytes) and payload. <see cref="Append"/> returns when the operating system has the bytes, so that
/// they survive the death of the process at any instruction; they are not forced to the disk.</item>
/// <item>A damaged or cut record and everything behind it is dropped on opening: it was never acknowledged.</item>
/// <item>A snapshot of generation g+1 is written beside and renamed, then the log of g+1 begins, then generation g is deleted. Whichever of
/// these a kill comes between, the highest generation with a snapshot (generation 0 begins without one) and its log are the state.</item>
/// <item>The file "lock" is held exclusively while the store is open; the operating system releases it when the process dies.</item>
/// </list>
/// </summary>
internal sealed class StateStore : IDisposable
{
    private const int HeaderBytes = 8;
    private const int RecordBytesMax = 1 << 30;
    private static readonly byte[] s_magic = "GRNXST01"u8.ToArray();

    private readonly string _folder;
    private readonly FileStream _lock;
    private SafeFileHandle? _log;
    private long _generation;
    private byte[] _buffer = new byte[4096];

    private StateStore(string folder, FileStream @lock)
    {
        _folder = folder;
        _lock = @lock;
    }

    /// <summary>Applies one record; called in the order in which records were written.</summary>
    public delegate void RecordHandler(ReadOnlySpan<byte> record);

    /// <summary>Bytes in the present log.</summary>
    public long LogBytes { get; private set; }

    /// <summary>Bytes that were dropped on opening because they were no whole record.</summary>
    public long DroppedBytes { get; private set; }

    /// <summary>Path of the present log.</summary>
    public string LogPath => PathOf(_generation, "log");

    /// <summary>Opens the folder, creating it if needed, and applies what it holds.</summary>
    /// <exception cref="StateException">It is in use, unreadable, or its snapshot is damaged.</exception>
    public static StateStore Open(string folder, RecordHandler apply)
    {
        FileStream @lock;
        try
        {
            Directory.CreateDirectory(folder);
            @lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException(
                $"{folder}: the exchange's folder cannot be opened or is in use by another exchange; stop that one or choose another folder", e);
        }
        var store = new StateStore(folder, @lock);
        try
        {
            store.Load(apply);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Appends a record; when the call returns the operating system has it.</summary>
    /// <exception cref="IOException">It could not be written whole; the store must not be used further.</exception>
    public void Append(ReadOnlySpan<byte> record)
    {
        var frame = Frame(record);
        RandomAccess.Write(_log!, frame, LogBytes);
        LogBytes += frame.Length;
    }

    /// <summary>Replaces the log by a snapshot of everything.</summary>
    public void Snapshot(ReadOnlySpan<byte> everything)
    {
        var next = _generation + 1;
        var path = PathOf(next, "snapshot");
        using (var handle = File.OpenHandle(path + ".tmp", FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, s_magic, 0);
            RandomAccess.Write(handle, Frame(everything), HeaderBytes);
        }
        File.Move(path + ".tmp", path, overwrite: true);
        _log!.Dispose();
        var old = _generation;
        _generation = next;
        OpenLog(truncateTo: 0);
        File.Delete(PathOf(old, "log"));
        File.Delete(PathOf(old, "snapshot"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log?.Dispose();
        _lock.Dispose();
    }

    private void Load(RecordHandler apply)
    {
        foreach (var file in Directory.GetFiles(_folder, "state-*"))
        {
            var name = Path.GetFileName(file);
            if (name.EndsWith(".tmp", StringComparison.Ordinal)) File.Delete(file);
            else if (name.EndsWith(".snapshot", StringComparison.Ordinal)) _generation = Math.Max(_generation, GenerationOf(name));
        }
        if (_generation > 0) LoadSnapshot(apply);
        var valid = LoadLog(apply);
        OpenLog(valid);
        foreach (var file in Directory.GetFiles(_folder, "state-*"))
            if (GenerationOf(Path.GetFileName(file)) < _generation) File.Delete(file);
    }

    private void LoadSnapshot(RecordHandler apply)
    {
        var path = PathOf(_generation, "snapshot");
        var bytes = File.ReadAllBytes(path);
        if (!bytes.AsSpan().StartsWith(s_magic) || !TryRecord(bytes.AsSpan(HeaderBytes), out var record) || HeaderBytes + 8 + record.Length != bytes.Length)
            throw new StateException($"{path}: the snapshot is damaged; restore the folder from a copy, or move it away to begin anew");
        Apply(path, HeaderBytes, record, apply);
    }

    private long LoadLog(RecordHandler apply)
    {
        var path = PathOf(_generation, "log");
        if (!File.Exists(path)) return 0;
        var bytes = File.ReadAllBytes(path);
        var position = 0;
        if (bytes.AsSpan().StartsWith(s_magic))
        {
            position = HeaderBytes;
            while (TryRecord(bytes.AsSpan(position), out var record))
            {
                Apply(path, position, record, apply);
                position += 8 + record.Length;
            }
        }
        else if (bytes.Length >= HeaderBytes)
        {
            throw new StateException($"{path}: this is no log of this exchange; move the file away or choose another folder");
        }
        DroppedBytes = bytes.Length - position;
        return position;
    }

    private static void Apply(string path, long offset, ReadOnlySpan<byte> record, RecordHandler apply)
    {
        try
        {
            apply(record);
        }
        catch (InvalidDataException e)
        {
            throw new StateException($"{path} at byte {offset}: {e.Message}", e);
        }
    }

    private void OpenLog(long truncateTo)
    {
        _log = File.OpenHandle(LogPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (truncateTo < HeaderBytes)
        {
            RandomAccess.SetLength(_log, 0);
            RandomAccess.Write(_log, s_magic, 0);
            truncateTo = HeaderBytes;
        }
        else
        {
            RandomAccess.SetLength(_log, truncateTo);
        }
        LogBytes = truncateTo;
    }

    private ReadOnlySpan<byte> Frame(ReadOnlySpan<byte> record)
    {
        var length = record.Length + 8;
        if (_buffer.Length < length) _buffer = new byte[Math.Max(length, _buffer.Length * 2)];
        BitConverter.TryWriteBytes(_buffer.AsSpan(0), record.Length);
        BitConverter.TryWriteBytes(_buffer.AsSpan(4), Checksum.Of(record));
        record.CopyTo(_buffer.AsSpan(8));
        return _buffer.AsSpan(0, length);
    }

    private static bool TryRecord(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> record)
    {
        record = default;
        if (bytes.Length < 8) return false;
        var length = BitConverter.ToInt32(bytes);
        if (length <= 0 || length > RecordBytesMax || length > bytes.Length - 8) return false;
        record = bytes.Slice(8, length);
        return BitConverter.ToUInt32(bytes[4..]) == Checksum.Of(record);
    }

    private static long GenerationOf(string name)
    {
        var text = name.AsSpan("state-".Length);
        var dot = text.IndexOf('.');
        return dot > 0 && long.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? generation : long.MaxValue;
    }

    private string PathOf(long generation, string kind) =>
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"state-{generation:D8}.{kind}"));
}
