using System.IO.MemoryMappedFiles;

namespace Granary.Tape.Columnar;

/// <summary>A file mapped into memory as it was when it was opened; what is appended later is not seen.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private byte* _start;

    /// <exception cref="TapeException">The file is missing or cannot be read.</exception>
    public MappedFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        try
        {
            // Others may write: recorders append to the file that is read.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Length = file.Length;
            if (Length == 0) return;
            _map = MemoryMappedFile.CreateFromFile(file, null, Length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            _view = _map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TapeException(path, 0, "", TapeDefect.FileMissing, "there is no such file; check the path", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Dispose();
            throw new TapeException(path, 0, "", TapeDefect.FileUnreadable, $"the file cannot be read ({error.Message}); check its permissions and the disk", error);
        }
    }

    /// <summary>The path, as given.</summary>
    public string Path { get; }

    /// <summary>Bytes of the file when it was opened.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes from a place on; at most <paramref name="count"/>, fewer at the end. Not to be used once the file is disposed.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var available = Math.Min(count, Length - offset);
        return available <= 0 ? [] : new ReadOnlySpan<byte>(_start + offset, (int)available);
    }

    public void Dispose()
    {
        Length = 0;
        if (_start is not null) _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        _start = null;
        _view?.Dispose();
        _map?.Dispose();
    }
}
