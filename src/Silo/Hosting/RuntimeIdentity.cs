namespace Granary.Silo.Hosting;

/// <summary>Which actor runtime this build runs on; said in the first log line, on /health and by the console.</summary>
public static class RuntimeIdentity
{
    /// <summary>The runtime's name.</summary>
#if EMBEDDED_RUNTIME
    public static string Name => Orleans.Embedded.EmbeddedSilo.RuntimeName;
#else
    public static string Name => "Microsoft Orleans";
#endif
}
