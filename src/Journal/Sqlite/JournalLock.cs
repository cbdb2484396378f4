using System.Globalization;

namespace Granary.Journal.Sqlite;

/// <summary>
/// One writer per journal folder: an exclusively opened file, which the operating system releases when the process dies in whatever way. The file stays;
/// deleting it would let two processes lock two different files of one name.
/// </summary>
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream _stream;

    private JournalLock(FileStream stream) => _stream = stream;

    /// <exception cref="JournalException">Another process, or this one, has the journal open.</exception>
    public static JournalLock Acquire(string folder)
    {
        var file = Path.Combine(folder, "granary.lock");
        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new JournalException($"{file}: cannot lock the journal: permission denied; grant write permission on the folder", error);
        }
        catch (IOException error) when (!IsHeld(error))
        {
            throw new JournalException($"{file}: cannot lock the journal: {error.Message}", error);
        }
        catch (IOException error)
        {
            var holder = ReadHolder(folder);
            throw new JournalException(
                $"{folder}: the journal is in use{holder}; two engines must never write one journal: stop the other one, or name another folder", error);
        }
        WriteHolder(folder);
        return new JournalLock(stream);
    }

    public void Dispose() => _stream.Dispose();

    // EWOULDBLOCK on Linux and macOS, sharing and lock violation on Windows.
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

    // Who holds the lock stands in a file beside it, because a locked file cannot be read. It serves the message only; so failing is no failure.
    private static void WriteHolder(string folder) =>
        Attempt(() => File.WriteAllText(HolderFile(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));

    private static string ReadHolder(string folder)
    {
        var holder = "";
        Attempt(() => holder = int.TryParse(File.ReadAllText(HolderFile(folder)), CultureInfo.InvariantCulture, out var id) ? $" by process {id}" : "");
        return holder;
    }

    private static string HolderFile(string folder) => Path.Combine(folder, "granary.pid");

    private static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The message does without the process id.
        }
    }
}
