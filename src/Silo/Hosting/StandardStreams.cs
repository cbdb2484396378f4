namespace Granary.Silo.Hosting;

/// <summary>The few words that a silo says to whoever started it, before there is a log and after it. Everything else is logged.</summary>
internal static class StandardStreams
{
#pragma warning disable RS0030 // The one place outside the console project that may write there: no log exists yet, or any more.
    public static Task WriteAsync(string text) => Console.Out.WriteLineAsync(text);

    public static Task WriteErrorAsync(string text) => Console.Error.WriteLineAsync(text);
#pragma warning restore RS0030
}
