using System.IO.Compression;

namespace Granary.Tape.Files;

/// <summary>
/// The text of a file as a stream of blocks: plain, gzip or a csv member of a zip, told apart by its first bytes. Every failure is a
/// <see cref="TapeException"/> that names the file.
/// </summary>
internal sealed class TapeFile : IDisposable
{
    private readonly FileStream _file;
    private readonly ZipArchive? _archive;
    private readonly ZipArchiveEntry? _member;
    private readonly Stream? _memberText;
    private readonly GzipText? _gzip;
    private Crc32 _checksum;
    private long _length;

    private TapeFile(string name, FileStream file, GzipText? gzip) => (Name, _file, _gzip) = (name, file, gzip);

    private TapeFile(string name, FileStream file, ZipArchive archive, ZipArchiveEntry member) : this(name, file, null) =>
        (_archive, _member, _memberText) = (archive, member, member.Open());

    /// <summary>The path, with an archive "path!member".</summary>
    public string Name { get; }

    /// <summary>How much of the file was read, 0 to 1; with an archive, up to where the member ends.</summary>
    public double Progress => _file.Length == 0 ? 1 : Math.Min(1, (double)_file.Position / _file.Length);

    /// <param name="path">The file.</param>
    /// <param name="memberName">The archive's member to read; null for its only csv file.</param>
    /// <exception cref="TapeException">The file is missing, cannot be read, or is an archive without the member or, unnamed, not with exactly one.</exception>
    public static TapeFile Open(string path, string? memberName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = OpenFile(path);
        try
        {
            Span<byte> magic = stackalloc byte[4];
            var count = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            file.Position = 0;
            if (count == 0) throw new TapeException(path, 0, "", TapeDefect.FileEmpty, "the file is empty; download it again");
            if (magic is [(byte)'P', (byte)'K', ..]) return OpenZip(path, file, memberName);
            if (memberName is not null) throw new TapeException(path, 0, "", TapeDefect.LayoutUnknown, $"'{memberName}' was asked for, but the file is no archive");
            return new TapeFile(path, file, magic is [0x1F, 0x8B, ..] ? new GzipText(file) : null);
        }
        catch (Exception error)
        {
            file.Dispose();
            if (error is IOException) throw Unreadable(path, error);
            throw;
        }
    }

    /// <summary>The csv members of an archive, in its order; null when the file is none.</summary>
    /// <exception cref="TapeException">The file is missing, cannot be read, or is a damaged archive.</exception>
    public static List<string>? ListMembers(string path)
    {
        using var file = OpenFile(path);
        try
        {
            Span<byte> magic = stackalloc byte[2];
            var count = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            file.Position = 0;
            if (count < 2 || magic is not [(byte)'P', (byte)'K']) return null;
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            return [.. archive.Entries.Where(IsCsv).Select(e => e.FullName)];
        }
        catch (IOException error)
        {
            throw Unreadable(path, error);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw DamagedArchive(path, error);
        }
    }

    /// <returns>The number of bytes read, 0 at the end.</returns>
    /// <exception cref="TapeException">The file cannot be read on, or is damaged.</exception>
    public int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = _memberText?.Read(buffer) ?? _gzip?.Read(buffer) ?? _file.Read(buffer);
        }
        catch (IOException error) when (_memberText is null && _gzip is null)
        {
            throw Unreadable(Name, error);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The decoders report damage by many kinds of exception.
            throw Damaged(error);
        }
        if (_member is null) return count;
        _checksum.Append(buffer[..count]);
        _length += count;
        if (count == 0 && (_length != _member.Length || _checksum.Value != _member.Crc32)) throw Damaged(null);
        return count;
    }

    public void Dispose()
    {
        _gzip?.Dispose();
        _memberText?.Dispose();
        _archive?.Dispose();
        _file.Dispose();
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TapeException(path, 0, "", TapeDefect.FileMissing, "there is no such file; check the path", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Unreadable(path, error);
        }
    }

    private static TapeFile OpenZip(string path, FileStream file, string? memberName)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read);
            var members = archive.Entries.Where(e => IsCsv(e) && (memberName is null || e.FullName == memberName)).ToList();
            if (members.Count == 1) return new TapeFile($"{path}!{members[0].FullName}", file, archive, members[0]);
            throw new TapeException(
                path, 0, "", TapeDefect.LayoutUnknown, memberName is null
                    ? $"the archive holds {members.Count} csv files, expected exactly one; name the member to read"
                    : $"the archive holds {members.Count} csv files of the name '{memberName}', expected exactly one");
        }
        catch (TapeException)
        {
            archive?.Dispose();
            throw;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            archive?.Dispose();
            throw DamagedArchive(path, error);
        }
    }

    private static bool IsCsv(ZipArchiveEntry entry) => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static TapeException DamagedArchive(string path, Exception error) =>
        new(path, 0, "", TapeDefect.FileDamaged, "the zip archive is cut off or damaged; download it again", error);

    private static TapeException Unreadable(string name, Exception error) =>
        new(name, 0, "", TapeDefect.FileUnreadable, $"the file cannot be read ({error.Message}); check its permissions and the disk", error);

    private TapeException Damaged(Exception? error) =>
        new(Name, 0, "", TapeDefect.FileDamaged, "the compressed data end early or are damaged; download the file again", error);
}
