namespace Granary.Silo.Configuration.Loading;

/// <summary>Files that only their owner may read.</summary>
public static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Refuses a file that group or others may touch. On Windows, where files have no such mode, it only has to exist.</summary>
    /// <exception cref="IOException">The file is missing, or its permissions are too wide; the message says what to do.</exception>
    public static void RequirePrivate(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"there is no file {path}", path);
        if (OperatingSystem.IsWindows()) return;
        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) != 0)
            throw new IOException($"other users may touch {path} (mode {Convert.ToString((int)mode, 8)}): use chmod 600, and a new secret if someone may have read it");
    }
}
