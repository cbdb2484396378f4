namespace Orleans.Hosting;

/// <summary>Configures a memory stream provider; nothing can be set in one process.</summary>
public interface ISiloMemoryStreamConfigurator;
