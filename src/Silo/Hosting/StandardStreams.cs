namespace Granary.Silo.Hosting;

/// <summary>The few words that a silo says to whoever started it, before there is a log and after it. Everything else is logged.</summary>
internal static class StandardStreams
{
    public static Task WriteAsync(string text) => WriteAsync(1, text);

    public static Task WriteErrorAsync(string text) => WriteAsync(2, text);

    private static async Task WriteAsync(nint descriptor, string text)
    {
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: false);
        await using var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text + "\n"));
    }
}
