using Granary.Silo.Configuration.Loading;

namespace Granary.Silo.Tests.Configuration;

/// <summary>Loads configurations in a folder of its own.</summary>
public sealed class ConfigurationBench : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("granary-configuration").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    public ConfigurationBench WithFile(string json)
    {
        File.WriteAllText(Path.Combine(Folder, ConfigurationFolder.FileName), json);
        return this;
    }

    public LoadedOptions Load(params string[] args) => OptionsLoader.Load(args, Environment, Folder);

    public IReadOnlyList<string> Errors(params string[] args) => [.. Load(args).Errors.Select(e => e.Message)];

    public string WriteSecret(string name, string text, UnixFileMode mode)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
