namespace Granary.Tape.Columnar;

/// <summary>Keeps a second writer out by mistake. The tape itself cannot be locked: on Unix that would keep readers out as well.</summary>
internal static class WriterLock
{
    /// <summary>Takes the lock until it is disposed; it goes with the process.</summary>
    /// <param name="path">The tape.</param>
    /// <exception cref="IOException">Somebody else writes the tape, or the folder cannot be written. So also <see cref="UnauthorizedAccessException"/>.</exception>
    public static FileStream Take(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new IOException($"{path}: the tape cannot be written, as {path}.lock cannot be held ({error.Message}); close its other writer", error);
        }
    }
}
